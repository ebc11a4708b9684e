package io.modelcache.autoconfigure;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import io.modelcache.autoconfigure.schema.Schema;
import io.modelcache.autoconfigure.schema.SchemaException;
import io.modelcache.store.jdbc.JdbcCacheStore;
import io.modelcache.store.jdbc.JdbcTables;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the store in a database usable from a thread of its own: sees to its tables,
 * again and again if the database does not answer, and then deletes what has ended.
 */
final class JdbcKeeper {

	private static final Logger logger = LoggerFactory.getLogger("io.modelcache");

	private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

	private static final Duration LAST_RETRY = Duration.ofSeconds(30);

	private static final Duration END_PATIENCE = Duration.ofSeconds(2);

	/**
	 * How many times longer than a portion of the purge the rest after it is. A portion
	 * keeps a processor of the database busy, and a twentieth of the time is what readers
	 * do not notice.
	 */
	private static final int REST = 19;

	/**
	 * How many times longer than the application waits for them the tables may take.
	 */
	private static final int LONG_WORK = 10;

	private final Schema schema;

	private final boolean failFast;

	private final Duration purgeInterval;

	private final Patience patience;

	private final CountDownLatch closed = new CountDownLatch(1);

	private final CompletableFuture<Void> answered = new CompletableFuture<>();

	private final CompletableFuture<Void> firstTry = new CompletableFuture<>();

	private volatile @Nullable JdbcCacheStore store;

	private volatile String reason = "the application has not started yet";

	private @Nullable Thread thread;

	private boolean purgeFails;

	JdbcKeeper(Schema schema, boolean failFast, Duration purgeInterval) {
		this(schema, failFast, purgeInterval, Patience.DEFAULT);
	}

	JdbcKeeper(Schema schema, boolean failFast, Duration purgeInterval, Patience patience) {
		this.schema = schema;
		this.failFast = failFast;
		this.purgeInterval = purgeInterval;
		this.patience = patience;
	}

	/**
	 * Return the store.
	 * @throws IllegalStateException if its tables are not ready
	 */
	JdbcCacheStore store() {
		JdbcCacheStore ready = this.store;
		if (ready == null) {
			throw new IllegalStateException("The database of the cache is not ready: " + this.reason);
		}
		return ready;
	}

	/**
	 * Start, and wait for the tables unless the database does not even answer. Whatever
	 * it answers later is logged and tried again.
	 * @param awaited tells whether anybody waits for a connection, if one may stay with
	 * the store for a moment
	 * @throws SchemaException if the tables cannot be used and that is not to be borne
	 */
	void start(DataSource dataSource, @Nullable BooleanSupplier awaited) {
		Thread keeping = new Thread(() -> keep(dataSource, awaited), "modelcache-jdbc");
		keeping.setDaemon(true);
		keeping.start();
		this.thread = keeping;
		CompletableFuture.anyOf(this.answered, this.firstTry)
			.completeOnTimeout(null, this.patience.start().toMillis(), TimeUnit.MILLISECONDS)
			.exceptionally((failure) -> null)
			.join();
		if (!this.answered.isDone() && this.firstTry.complete(null)) {
			waiting("it does not answer");
		}
		else {
			awaitTables();
		}
	}

	/**
	 * End. Nothing is interrupted, for an interrupted H2 closes the whole database.
	 */
	void close() {
		this.closed.countDown();
		Thread keeping = this.thread;
		if (keeping != null) {
			try {
				keeping.join(END_PATIENCE.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void awaitTables() {
		try {
			this.firstTry.copy().orTimeout(this.patience.tables().toMillis(), TimeUnit.MILLISECONDS).join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof TimeoutException && this.firstTry.complete(null)) {
				waiting("its tables are still being made");
			}
			else {
				await(this.firstTry);
			}
		}
	}

	private static void await(CompletableFuture<Void> future) {
		try {
			future.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof SchemaException failure) ? failure : ex;
		}
	}

	private void keep(DataSource dataSource, @Nullable BooleanSupplier awaited) {
		try {
			JdbcCacheStore ready = makeReady(dataSource, awaited);
			while (ready != null && !pause(this.purgeInterval)) {
				purge(ready);
			}
		}
		catch (Throwable ex) {
			if (!this.firstTry.completeExceptionally(ex)) {
				logger.error("The database of the cache is looked after no longer", ex);
			}
		}
	}

	/**
	 * Try until the tables are ready.
	 * @return the store, or {@code null} at the end of the application or if its start
	 * fails
	 */
	private @Nullable JdbcCacheStore makeReady(DataSource dataSource, @Nullable BooleanSupplier awaited) {
		Duration retry = FIRST_RETRY;
		while (true) {
			try {
				JdbcCacheStore.Builder builder = JdbcCacheStore.builder(dataSource, prepare(dataSource));
				JdbcCacheStore ready = ((awaited != null) ? builder.lingering(awaited) : builder).build();
				this.store = ready;
				if (!this.firstTry.complete(null)) {
					logger.info("The database of the cache is ready");
				}
				return ready;
			}
			catch (SQLException ex) {
				waiting(ex.toString());
			}
			catch (SchemaException ex) {
				if (this.failFast && this.firstTry.completeExceptionally(ex)) {
					return null;
				}
				waiting(ex.getMessage());
			}
			this.firstTry.complete(null);
			if (pause(retry)) {
				return null;
			}
			retry = retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
		}
	}

	/**
	 * See to the tables, but do not wait for ever for a server that has vanished.
	 */
	private JdbcTables prepare(DataSource dataSource) throws SQLException {
		try (AbortableConnections connections = new AbortableConnections(dataSource)) {
			CompletableFuture<Void> overdue = later(connections::abort, this.patience.tables().multipliedBy(LONG_WORK));
			try {
				return this.schema.prepare(connections, () -> this.answered.complete(null));
			}
			finally {
				overdue.cancel(false);
			}
		}
	}

	/**
	 * Say it once.
	 */
	private void waiting(@Nullable String why) {
		String text = String.valueOf(why);
		if (!text.equals(this.reason)) {
			this.reason = text;
			logger.warn("The database of the cache is not ready, so nothing is cached until it is: {}", text);
		}
	}

	/**
	 * Rest longer than each portion took, so that others hardly notice.
	 */
	private void purge(JdbcCacheStore ready) {
		try {
			long start = System.nanoTime();
			while (purgePortion(ready) == JdbcCacheStore.PURGED_AT_ONCE
					&& !pause(Duration.ofNanos(REST * (System.nanoTime() - start)))) {
				start = System.nanoTime();
			}
			this.purgeFails = false;
		}
		catch (RuntimeException ex) {
			if (!this.purgeFails) {
				logger.warn("What has ended cannot be deleted from the database of the cache, which is tried again: {}",
						ex.toString());
			}
			this.purgeFails = true;
		}
	}

	/**
	 * Delete a portion, but do not wait for ever for a server that has vanished.
	 */
	private int purgePortion(JdbcCacheStore ready) {
		Thread keeping = Thread.currentThread();
		CompletableFuture<Void> overdue = later(() -> ready.abort(keeping), this.patience.portion());
		try {
			return ready.purge();
		}
		finally {
			overdue.cancel(false);
		}
	}

	private static CompletableFuture<Void> later(Runnable task, Duration delay) {
		return CompletableFuture.runAsync(task,
				CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS));
	}

	/**
	 * Wait.
	 * @return whether the application has ended meanwhile
	 */
	private boolean pause(Duration duration) {
		try {
			return this.closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			return true;
		}
	}

	/**
	 * How long the database may take.
	 *
	 * @param start to answer at the start of the application
	 * @param tables to make the tables until the application starts without them
	 * @param portion to delete a portion of what has ended
	 */
	record Patience(Duration start, Duration tables, Duration portion) {

		static final Patience DEFAULT = new Patience(Duration.ofSeconds(5), Duration.ofMinutes(1),
				Duration.ofMinutes(1));

	}

}
