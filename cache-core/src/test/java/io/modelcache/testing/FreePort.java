package io.modelcache.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports of the loopback interface that nobody uses.
 */
final class FreePort {

	private static final int ATTEMPTS = 100;

	private static final int HIGHEST = 65535;

	private static final int LOWEST_LASTING = 10_000;

	private static final int HIGHEST_LASTING = 30_000;

	private FreePort() {
	}

	static int find() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/**
	 * Find a port such that another one at a distance is free, too.
	 */
	static int findWith(int distance) throws IOException {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			int port = find();
			int lower = (port + distance > HIGHEST) ? port - distance : port;
			if (isFree(lower) && isFree(lower + distance)) {
				return lower;
			}
		}
		throw new IOException("There are no two free ports");
	}

	/**
	 * Find a port that systems do not give to anybody who does not ask for it, so that it
	 * can be left and taken again.
	 */
	static int findLasting() throws IOException {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(LOWEST_LASTING, HIGHEST_LASTING);
			if (isFree(port)) {
				return port;
			}
		}
		throw new IOException("There is no free port");
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
