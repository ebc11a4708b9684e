package io.modelcache.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts another JVM with the class path of this one.
 */
public final class ChildProcess {

	private ChildProcess() {
	}

	/**
	 * Start a class.
	 * @param main the class, which has a main method
	 * @param arguments its arguments
	 * @return the process, which ends with this JVM at the latest
	 * @throws IOException if it does not start
	 */
	public static Process start(Class<?> main, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-Xshare:auto", "-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(arguments));
		Process started = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
		return started;
	}

}
