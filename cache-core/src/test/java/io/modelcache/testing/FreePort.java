package io.modelcache.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Finds ports of the loopback interface that nobody uses.
 */
final class FreePort {

	private static final int ATTEMPTS = 100;

	private static final int HIGHEST = 65535;

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

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
