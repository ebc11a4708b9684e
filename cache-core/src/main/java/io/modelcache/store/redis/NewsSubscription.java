package io.modelcache.store.redis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.modelcache.store.RemovalListener;
import io.modelcache.store.RemovalSource.Subscription;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.SubscriptionListener;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Hears what other instances and this one tell, on a connection of its own that exists
 * once somebody listens.
 * <p>
 * Lettuce keeps such a connection up by itself; for other clients, until the server is
 * there for the first time, and when the connection factory was stopped, a thread tries
 * again and again. After each interruption, and if the first attempt failed or was not
 * waited for, listeners are told that anything may be gone.
 */
final class NewsSubscription implements AutoCloseable {

	private static final long FIRST_PAUSE = 100;

	private static final long LONGEST_PAUSE = 10_000;

	private static final long BETWEEN_LOOKS = 1000;

	private final List<RemovalListener> listeners = new CopyOnWriteArrayList<>();

	private final CountDownLatch firstAttempt = new CountDownLatch(1);

	private final CountDownLatch closed = new CountDownLatch(1);

	private final RedisLink link;

	private final RedisConnectionFactory connectionFactory;

	private final byte[] channel;

	private final Patience patience;

	private @Nullable Thread thread;

	private volatile @Nullable RedisConnection connection;

	/**
	 * Whether somebody may have begun to trust his copies while nobody listened.
	 */
	private volatile boolean interrupted;

	NewsSubscription(RedisLink link, RedisConnectionFactory connectionFactory, byte[] channel, Patience patience) {
		this.link = link;
		this.connectionFactory = connectionFactory;
		this.channel = channel;
		this.patience = patience;
	}

	/**
	 * Listen from now on, or from when the server is there.
	 */
	Subscription add(RemovalListener listener) {
		this.listeners.add(listener);
		start();
		awaitFirstAttempt();
		return () -> this.listeners.remove(listener);
	}

	/**
	 * Give a server that is there the time to confirm; one that is not is not waited for.
	 */
	private void awaitFirstAttempt() {
		try {
			if (this.firstAttempt.await(this.patience.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.interrupted = true;
	}

	private synchronized void start() {
		if (this.thread == null && this.closed.getCount() > 0) {
			Thread started = new Thread(this::run, "modelcache-redis-news");
			started.setDaemon(true);
			started.start();
			this.thread = started;
		}
	}

	private void run() {
		Ears ears = new Ears();
		BackOffExecution pauses = pauses();
		while (this.closed.getCount() > 0) {
			try (RedisConnection connected = this.connectionFactory.getConnection()) {
				this.connection = connected;
				connected.subscribe(ears, this.channel);
				this.firstAttempt.countDown();
				pauses = pauses();
				while (this.link.listens(connected) && !isClosedWithin(BETWEEN_LOOKS)) {
					// a client that does not block here keeps the connection up by itself
				}
			}
			catch (RuntimeException ex) {
				this.interrupted = true;
				this.firstAttempt.countDown();
				if (isClosedWithin(pauses.nextBackOff())) {
					return;
				}
			}
		}
	}

	private static BackOffExecution pauses() {
		ExponentialBackOff pauses = new ExponentialBackOff(FIRST_PAUSE, 2);
		pauses.setMaxInterval(LONGEST_PAUSE);
		return pauses.start();
	}

	private boolean isClosedWithin(long millis) {
		try {
			return this.closed.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			return true;
		}
	}

	@Override
	public void close() {
		this.closed.countDown();
		RedisConnection connected = this.connection;
		if (connected != null && connected.isSubscribed()) {
			connected.close();
		}
	}

	/**
	 * Hands on what is heard.
	 */
	private final class Ears implements MessageListener, SubscriptionListener {

		@Override
		public void onMessage(Message message, byte @Nullable [] pattern) {
			NewsSubscription.this.listeners.forEach((listener) -> RemovalNews.read(message.getBody(), listener));
		}

		@Override
		public void onChannelSubscribed(byte[] channel, long count) {
			if (NewsSubscription.this.interrupted) {
				NewsSubscription.this.listeners.forEach(RemovalListener::missed);
			}
			NewsSubscription.this.interrupted = true;
			NewsSubscription.this.firstAttempt.countDown();
		}

	}

}
