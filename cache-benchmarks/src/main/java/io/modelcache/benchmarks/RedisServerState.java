package io.modelcache.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.modelcache.store.GuardedCacheStore;
import io.modelcache.store.redis.RedisCacheStore;
import redis.embedded.RedisServer;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A Redis server of this JVM, a store over it and a bare connection to it.
 */
final class RedisServerState implements AutoCloseable {

	private final RedisServer server;

	private final RedisClient client;

	private final StatefulRedisConnection<byte[], byte[]> bare;

	private final LettuceConnectionFactory connectionFactory;

	private final RedisCacheStore store;

	private final GuardedCacheStore guarded;

	RedisServerState() {
		try {
			int port = freePort();
			this.server = RedisServer.newRedisServer()
				.bind("127.0.0.1")
				.port(port)
				.setting("save \"\"")
				.setting("appendonly no")
				.build();
			this.server.start();
			this.client = RedisClient.create("redis://127.0.0.1:" + port);
			this.bare = this.client.connect(ByteArrayCodec.INSTANCE);
			this.connectionFactory = new LettuceConnectionFactory("127.0.0.1", port);
			this.connectionFactory.afterPropertiesSet();
			this.store = RedisCacheStore.builder(this.connectionFactory).build();
			this.guarded = GuardedCacheStore.builder(this.store).build();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	StatefulRedisConnection<byte[], byte[]> bare() {
		return this.bare;
	}

	RedisCacheStore store() {
		return this.store;
	}

	GuardedCacheStore guarded() {
		return this.guarded;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Override
	public void close() {
		this.guarded.close();
		this.store.close();
		this.connectionFactory.destroy();
		this.bare.close();
		this.client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
		try {
			this.server.stop();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
