package io.modelcache.testing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis server on a free port of the loopback interface, started before the tests
 * of a class and stopped after them. It keeps nothing on disk.
 */
public final class RedisServerFixture implements BeforeAllCallback, AfterAllCallback {

	private static final int ATTEMPTS = 3;

	private final @Nullable Path executable;

	private final List<String> options;

	private final int fixedPort;

	private @Nullable Process process;

	private int port;

	private RedisServerFixture(@Nullable Path executable) {
		this(executable, List.of(), 0);
	}

	private RedisServerFixture(@Nullable Path executable, List<String> options, int fixedPort) {
		this.executable = executable;
		this.options = options;
		this.fixedPort = fixedPort;
	}

	/**
	 * Use the server that is installed, or else the one that comes with embedded-redis.
	 * @return the server, not started
	 */
	public static RedisServerFixture any() {
		Path installed = installedExecutable();
		return new RedisServerFixture((installed != null) ? installed : embeddedExecutable());
	}

	/**
	 * Use the server that is installed.
	 * @return the server, not started
	 */
	public static RedisServerFixture installed() {
		return new RedisServerFixture(installedExecutable());
	}

	/**
	 * Use the server that comes with embedded-redis.
	 * @return the server, not started
	 */
	public static RedisServerFixture embedded() {
		return new RedisServerFixture(embeddedExecutable());
	}

	/**
	 * Start the same server with options.
	 * @param options the options as they are written on a command line
	 * @return the server, not started
	 */
	public RedisServerFixture with(String... options) {
		return new RedisServerFixture(this.executable, List.of(options), this.fixedPort);
	}

	/**
	 * Start the same server on a certain port.
	 * @param port the port
	 * @return the server, not started
	 */
	public RedisServerFixture on(int port) {
		return new RedisServerFixture(this.executable, this.options, port);
	}

	@Override
	public void beforeAll(ExtensionContext context) throws IOException {
		Requirement.check(this.executable != null, "there is no Redis server: apt-get install redis-server");
		start();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		stop();
	}

	/**
	 * Start the server and wait until it answers.
	 * @throws IOException if it does not start
	 */
	public void start() throws IOException {
		for (int attempt = 1; !isRunning(); attempt++) {
			this.port = (this.fixedPort != 0) ? this.fixedPort : FreePort.find();
			this.process = launch(this.port);
			awaitAnswer();
			if (!isRunning() && attempt == ATTEMPTS) {
				throw new IOException(
						"%s has ended with status %d".formatted(this.executable, this.process.exitValue()));
			}
		}
	}

	/**
	 * Start the server again on the port that it had before.
	 * @throws IOException if it does not start
	 */
	public void restart() throws IOException {
		this.process = launch(this.port);
		awaitAnswer();
	}

	private void awaitAnswer() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(10))
			.until(() -> !isRunning() || answers());
	}

	/**
	 * Stop the server and wait until it has gone.
	 */
	public void stop() {
		if (this.process == null) {
			return;
		}
		this.process.destroy();
		try {
			if (!this.process.waitFor(5, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Return the port of the server.
	 * @return the port on the loopback interface
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Tell whether the process of the server runs.
	 * @return whether it does
	 */
	public boolean isRunning() {
		return this.process != null && this.process.isAlive();
	}

	/**
	 * Return the id of the server's process, to send it a signal.
	 * @return the id
	 */
	public long pid() {
		return (this.process != null) ? this.process.pid() : -1;
	}

	private Process launch(int port) throws IOException {
		List<String> command = new ArrayList<>(List.of(String.valueOf(this.executable), "--bind", "127.0.0.1", "--port",
				String.valueOf(port), "--save", "", "--appendonly", "no", "--dir", System.getProperty("java.io.tmpdir"),
				"--dbfilename", "modelcache-%d.rdb".formatted(port)));
		command.addAll(this.options);
		Process started = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
		return started;
	}

	/**
	 * Ask the server for its process, so that another one on the port is not taken for
	 * it.
	 */
	private boolean answers() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 1000);
			socket.setSoTimeout(1000);
			socket.getOutputStream().write("INFO server\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
			String info = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			return this.process != null && info.contains("process_id:%d\r\n".formatted(this.process.pid()));
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static @Nullable Path installedExecutable() {
		String path = System.getenv("PATH");
		for (String directory : (path != null) ? path.split(File.pathSeparator) : new String[0]) {
			Path candidate = Path.of(directory, "redis-server");
			if (Files.isExecutable(candidate)) {
				return candidate;
			}
		}
		return null;
	}

	private static @Nullable Path embeddedExecutable() {
		try {
			return ExecutableProvider.newJarResourceProvider().get().toPath();
		}
		catch (IOException | RuntimeException ex) {
			return null;
		}
	}

}
