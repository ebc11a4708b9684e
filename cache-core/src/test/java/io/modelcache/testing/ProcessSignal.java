package io.modelcache.testing;

import java.io.IOException;
import java.util.Locale;

/**
 * A signal to the process of a server, as an administrator or a kernel would send it.
 */
public enum ProcessSignal {

	/**
	 * Freezes the process: its connections stay open and nothing answers.
	 */
	STOP,

	/**
	 * Lets a frozen process go on.
	 */
	CONT,

	/**
	 * Ends the process at once.
	 */
	KILL;

	/**
	 * Send this signal.
	 * @param pid the id of the process
	 * @throws IOException if that is not possible
	 */
	public void send(long pid) throws IOException {
		try {
			int status = new ProcessBuilder("kill", "-" + name().toUpperCase(Locale.ROOT), String.valueOf(pid))
				.inheritIO()
				.start()
				.waitFor();
			if (status != 0) {
				throw new IOException("kill -%s %d has ended with status %d".formatted(name(), pid, status));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

}
