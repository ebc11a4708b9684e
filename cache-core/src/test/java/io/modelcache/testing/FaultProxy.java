package io.modelcache.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server on the loopback interface and does to the bytes
 * what networks do.
 */
public final class FaultProxy implements AutoCloseable {

	private static final int BUFFER = 16 * 1024;

	private volatile int serverPort;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final Set<Socket> lost = ConcurrentHashMap.newKeySet();

	private final int port;

	private volatile @Nullable ServerSocket listening;

	private volatile Fault fault = Fault.PASS;

	private volatile long amount;

	private FaultProxy(int serverPort) throws IOException {
		this.serverPort = serverPort;
		this.port = FreePort.findLasting();
		listen();
	}

	/**
	 * Stand in front of a server.
	 * @param serverPort the port of the server on the loopback interface
	 * @return a proxy that passes everything on
	 * @throws IOException if there is no free port
	 */
	public static FaultProxy before(int serverPort) throws IOException {
		return new FaultProxy(serverPort);
	}

	/**
	 * Return where clients connect to.
	 * @return the port on the loopback interface
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Connect to another port of the server from now on.
	 * @param serverPort the port on the loopback interface
	 */
	public void serverIsNowAt(int serverPort) {
		this.serverPort = serverPort;
	}

	/**
	 * Do something to the bytes from now on.
	 * @param fault what
	 */
	public void set(Fault fault) {
		set(fault, 0);
	}

	/**
	 * Do something to the bytes from now on.
	 * @param fault what
	 * @param amount how much of it, see {@link Fault}
	 */
	public void set(Fault fault, long amount) {
		this.amount = amount;
		this.fault = fault;
		if (fault == Fault.VANISH) {
			this.lost.addAll(this.sockets);
		}
		try {
			if (fault == Fault.REFUSE) {
				stopListening();
			}
			else if (this.listening == null) {
				listen();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		if (fault == Fault.REFUSE || fault == Fault.RESET) {
			this.sockets.forEach(FaultProxy::reset);
		}
	}

	@Override
	public void close() throws IOException {
		stopListening();
		this.sockets.forEach(FaultProxy::reset);
	}

	private void listen() throws IOException {
		ServerSocket socket = new ServerSocket();
		socket.setReuseAddress(true);
		socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
		this.listening = socket;
		start(() -> accept(socket));
	}

	private void stopListening() throws IOException {
		ServerSocket socket = this.listening;
		this.listening = null;
		if (socket != null) {
			socket.close();
		}
	}

	private void accept(ServerSocket socket) {
		while (!socket.isClosed()) {
			try {
				Socket client = socket.accept();
				if (this.fault == Fault.RESET) {
					reset(client);
					continue;
				}
				connect(client);
			}
			catch (IOException ex) {
				// this proxy is closed
			}
		}
	}

	/**
	 * Connect a client to the server. If that is down, the client hears of it at once.
	 */
	private void connect(Socket client) {
		try {
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.serverPort);
			add(client);
			add(server);
			start(() -> pump(client, server, false));
			start(() -> pump(server, client, true));
		}
		catch (IOException ex) {
			reset(client);
		}
	}

	private void add(Socket socket) {
		this.sockets.add(socket);
		if (this.fault == Fault.VANISH) {
			this.lost.add(socket);
		}
	}

	private void pump(Socket from, Socket to, boolean replies) {
		byte[] last = new byte[0];
		byte[] buffer = new byte[BUFFER];
		try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				byte[] bytes = Arrays.copyOf(buffer, count);
				if (!this.lost.contains(to)) {
					last = deliver(bytes, last, out, replies);
				}
			}
		}
		catch (IOException ex) {
			// one of both has gone: so does the other
		}
		reset(from);
		reset(to);
	}

	private byte[] deliver(byte[] bytes, byte[] last, OutputStream out, boolean replies) throws IOException {
		while (this.fault == Fault.BLACKHOLE) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
		switch (replies ? this.fault : Fault.PASS) {
			case DELAY -> {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(this.amount));
				out.write(bytes);
			}
			case THROTTLE -> throttle(bytes, out);
			case CUT -> {
				out.write(bytes, 0, (int) Math.min(this.amount, bytes.length));
				throw new IOException("cut");
			}
			case REPLAY -> out.write((last.length > 0) ? last : bytes);
			default -> out.write(bytes);
		}
		out.flush();
		return bytes;
	}

	private void throttle(byte[] bytes, OutputStream out) throws IOException {
		for (byte single : bytes) {
			out.write(single);
			out.flush();
			LockSupport.parkNanos(Duration.ofSeconds(1).toNanos() / Math.max(1, this.amount));
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "fault-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private static void reset(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
			socket.close();
		}
		catch (IOException ex) {
			// it is closed already
		}
	}

	/**
	 * What is done to the bytes.
	 */
	public enum Fault {

		/**
		 * Nothing.
		 */
		PASS,

		/**
		 * Connections are refused, those that were open are reset.
		 */
		REFUSE,

		/**
		 * Connections are accepted and reset at once, as are those that were open.
		 */
		RESET,

		/**
		 * Packets get lost in both directions. As TCP sends them again, they arrive when
		 * this is over.
		 */
		BLACKHOLE,

		/**
		 * The server is gone without a word. What is sent over connections of that time
		 * is acknowledged and never answered, also when this is over.
		 */
		VANISH,

		/**
		 * Replies come a number of milliseconds later.
		 */
		DELAY,

		/**
		 * Replies come at a number of bytes a second.
		 */
		THROTTLE,

		/**
		 * The connection ends after a number of bytes of a reply.
		 */
		CUT,

		/**
		 * Instead of each reply the one before comes.
		 */
		REPLAY

	}

}
