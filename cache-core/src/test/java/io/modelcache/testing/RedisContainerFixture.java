package io.modelcache.testing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * A Redis or Valkey server in a container, started before the tests of a class and
 * stopped after them. It keeps nothing on disk.
 */
public final class RedisContainerFixture implements BeforeAllCallback, AfterAllCallback {

	private static final int PORT = 6379;

	private final String image;

	private final String command;

	private @Nullable GenericContainer<?> container;

	private RedisContainerFixture(String image, String command) {
		this.image = image;
		this.command = command;
	}

	/**
	 * Use Redis 8.
	 * @return the server, not started
	 */
	public static RedisContainerFixture redis8() {
		return new RedisContainerFixture("redis:8.0", "redis-server");
	}

	/**
	 * Use Valkey.
	 * @return the server, not started
	 */
	public static RedisContainerFixture valkey() {
		return new RedisContainerFixture("valkey/valkey:8.1", "valkey-server");
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		Requirement.check(DockerClientFactory.instance().isDockerAvailable(), "there is no Docker for " + this.image);
		GenericContainer<?> started = new GenericContainer<>(this.image).withExposedPorts(PORT)
			.withCommand(this.command, "--save", "", "--appendonly", "no", "--protected-mode", "no", "--bind",
					"0.0.0.0");
		this.container = started;
		started.start();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.container != null) {
			this.container.stop();
		}
	}

	/**
	 * Return the host on which the server is reached.
	 * @return the host
	 */
	public String host() {
		return running().getHost();
	}

	/**
	 * Return the port on which the server is reached.
	 * @return the port
	 */
	public int port() {
		return running().getMappedPort(PORT);
	}

	private GenericContainer<?> running() {
		if (this.container == null) {
			throw new IllegalStateException("The server has not been started");
		}
		return this.container;
	}

}
