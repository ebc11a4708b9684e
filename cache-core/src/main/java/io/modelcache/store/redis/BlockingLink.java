package io.modelcache.store.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The way to a single server by any client that Spring Data Redis knows, such as Jedis:
 * on the thread that asks, which waits.
 */
final class BlockingLink implements RedisLink {

	private final RedisConnectionFactory connectionFactory;

	BlockingLink(RedisConnectionFactory connectionFactory) {
		this.connectionFactory = connectionFactory;
	}

	@Override
	public boolean clustered() {
		return false;
	}

	@Override
	public CompletableFuture<List<RedisReply>> send(List<RedisRequest> requests) {
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			if (requests.size() == 1) {
				return CompletableFuture.completedFuture(List.of(RedisReply.of(execute(connection, requests.get(0)))));
			}
			connection.openPipeline();
			requests.forEach((request) -> execute(connection, request));
			return CompletableFuture.completedFuture(connection.closePipeline().stream().map(RedisReply::of).toList());
		}
		catch (RedisConnectionFailureException ex) {
			return CompletableFuture.failedFuture(Disconnection.because("Redis cannot be reached", ex));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private static @Nullable Object execute(RedisConnection connection, RedisRequest request) {
		return connection.execute(request.command(), request.arguments().toArray(byte[][]::new));
	}

	@Override
	public CompletableFuture<List<String>> nodes() {
		return CompletableFuture.completedFuture(List.of(""));
	}

	@Override
	public CompletableFuture<RedisReply> send(String node, RedisRequest request) {
		return send(List.of(request)).thenApply((replies) -> replies.get(0));
	}

	@Override
	public boolean listens(RedisConnection subscribed) {
		return subscribed.isSubscribed();
	}

	@Override
	public void close() {
	}

}
