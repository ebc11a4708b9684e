package io.modelcache.store.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.AbstractRedisAsyncCommands;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Gets the connection from Spring Data Redis, on a thread of its own since that waits for
 * the server, and keeps it: by default it is the one that the whole application shares.
 * <p>
 * Lettuce connects again by itself. Meanwhile commands are refused here instead of being
 * queued, whatever the application has chosen for its own.
 */
final class LettuceConnector {

	private static final String GONE = "Redis has gone, or is connecting";

	private final LettuceConnectionFactory connectionFactory;

	private final ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), (task) -> {
				Thread thread = new Thread(task, "modelcache-redis-connect");
				thread.setDaemon(true);
				return thread;
			});

	private @Nullable RedisConnection borrowed;

	private volatile @Nullable CompletableFuture<StatefulConnection<byte[], byte[]>> connection;

	LettuceConnector(LettuceConnectionFactory connectionFactory) {
		this.connectionFactory = connectionFactory;
		this.executor.allowCoreThreadTimeOut(true);
	}

	/**
	 * Return the connection. One that is lost is not waited for.
	 */
	CompletableFuture<StatefulConnection<byte[], byte[]>> connection() {
		CompletableFuture<StatefulConnection<byte[], byte[]>> known = this.connection;
		if (known == null || (known.isDone() && !isOpen(known))) {
			return connect(known);
		}
		return known;
	}

	private synchronized CompletableFuture<StatefulConnection<byte[], byte[]>> connect(
			@Nullable CompletableFuture<StatefulConnection<byte[], byte[]>> lost) {
		CompletableFuture<StatefulConnection<byte[], byte[]>> known = this.connection;
		if (known == null || known == lost) {
			known = begin();
			this.connection = known;
		}
		return (lost == null || lost.isCompletedExceptionally()) ? known
				: CompletableFuture.failedFuture(Disconnection.because(GONE, null));
	}

	private CompletableFuture<StatefulConnection<byte[], byte[]>> begin() {
		try {
			return CompletableFuture.supplyAsync(this::borrow, this.executor);
		}
		catch (RejectedExecutionException ex) {
			return CompletableFuture.failedFuture(Disconnection.because("The store is closed", ex));
		}
	}

	private static boolean isOpen(CompletableFuture<StatefulConnection<byte[], byte[]>> known) {
		return !known.isCompletedExceptionally() && isOpen(known.join());
	}

	/**
	 * Of a cluster, one server may have gone and the others not.
	 */
	private static boolean isOpen(StatefulConnection<byte[], byte[]> connected) {
		return (connected instanceof StatefulRedisClusterConnection) ? !isEnded(connected) : connected.isOpen();
	}

	/**
	 * Tell whether a connection was closed, so that it will not connect again.
	 */
	static boolean isEnded(StatefulConnection<byte[], byte[]> connection) {
		return connection instanceof RedisChannelHandler<?, ?> handler && handler.isClosed();
	}

	/**
	 * Return what Lettuce has below a connection of Spring Data Redis.
	 */
	@SuppressWarnings("unchecked")
	static StatefulConnection<byte[], byte[]> connectionOf(RedisConnection connection) {
		return ((AbstractRedisAsyncCommands<byte[], byte[]>) connection.getNativeConnection()).getConnection();
	}

	private StatefulConnection<byte[], byte[]> borrow() {
		try {
			RedisConnection before = this.borrowed;
			if (before != null) {
				before.close();
			}
			RedisConnection next = this.connectionFactory.getConnection();
			this.borrowed = next;
			StatefulConnection<byte[], byte[]> connected = connectionOf(next);
			if (isOpen(connected)) {
				return connected;
			}
		}
		catch (RuntimeException ex) {
			throw Disconnection.because("Redis cannot be reached", ex);
		}
		throw Disconnection.because(GONE, null);
	}

	void close() {
		this.executor.execute(() -> {
			if (this.borrowed != null) {
				this.borrowed.close();
			}
		});
		this.executor.shutdown();
	}

}
