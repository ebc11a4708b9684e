package io.modelcache.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import io.modelcache.store.jdbc.SqlRunner.Work;
import org.jspecify.annotations.Nullable;

/**
 * A connection that stays with the store for a moment after a hit, so that the next
 * reader need neither ask the pool for one, which can last, nor be handed over to another
 * thread, which costs two wake-ups.
 * <p>
 * It stays while hits follow each other within a tick, for a second at most; then it goes
 * back to the pool. A reader on it who misses sends it back at once, and so does anybody
 * who waits for a connection of the pool. There is never more than one, and a reader who
 * finds it in use goes the other way. Each tick looks whether a reader is overdue and
 * aborts the connection if so, but only if it was overdue a tick before: a pause of the
 * whole JVM looks like a server that hangs. Safe for use by several threads.
 */
final class LingeringConnection {

	static final Duration TICK = Duration.ofMillis(10);

	static final int LONGEST_STAY = 100;

	/**
	 * A tick is how precisely a deadline is kept, so shorter ones than this are not. Nor
	 * is any if the last tick was longer ago.
	 */
	private static final Duration FEW_TICKS = TICK.multipliedBy(5);

	private static final long IDLE_SECONDS = 1;

	private final BooleanSupplier awaited;

	private final LongSupplier nanoTime;

	private final Executor afterATick;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Connection connection;

	private boolean reading;

	private boolean used;

	private boolean overdue;

	private volatile boolean aborted;

	private boolean ticking;

	private int stay;

	private long due;

	private long lastTick;

	private volatile long lastHit;

	LingeringConnection(BooleanSupplier awaited) {
		this(awaited, System::nanoTime, afterATick());
	}

	/**
	 * Create a place for a connection.
	 * @param awaited tells whether anybody waits for a connection of the pool
	 * @param nanoTime tells the time
	 * @param afterATick runs what it is given when a tick has passed
	 */
	LingeringConnection(BooleanSupplier awaited, LongSupplier nanoTime, Executor afterATick) {
		this.awaited = awaited;
		this.nanoTime = nanoTime;
		this.afterATick = afterATick;
		this.lastHit = nanoTime.getAsLong() - TICK.toNanos();
	}

	/**
	 * Let a connection that has just brought a hit stay, if the hit before was a moment
	 * ago, no other connection is here and nobody waits for one.
	 * @return whether it stays; otherwise it is for the caller to give back
	 */
	boolean keep(Connection hitting) {
		long now = now();
		boolean soon = now - this.lastHit < TICK.toNanos();
		this.lastHit = now;
		if (!soon || this.awaited.getAsBoolean() || !this.lock.tryLock()) {
			return false;
		}
		try {
			if (this.ticking) {
				return false;
			}
			this.afterATick.execute(this::tick);
			this.ticking = true;
			this.connection = hitting;
			this.used = true;
			this.stay = 0;
			this.lastTick = now;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Read on this thread if there is a connection.
	 * @param timeout how long the reader may wait
	 * @param work what is read
	 * @param hit whether that is a hit, after which the connection may stay
	 * @return the result, or {@code null} if there was no connection
	 * @throws TimeoutException if the connection was aborted because the time was over
	 */
	<T> @Nullable T read(Duration timeout, Work<T> work, Predicate<T> hit) throws SQLException, TimeoutException {
		Connection taken = take(timeout);
		if (taken == null) {
			return null;
		}
		boolean stays = false;
		try {
			T result = work.on(taken);
			stays = hit.test(result) && !this.awaited.getAsBoolean();
			return result;
		}
		catch (SQLException ex) {
			if (this.aborted) {
				throw new TimeoutException("The database did not answer in time");
			}
			throw ex;
		}
		finally {
			release(stays);
		}
	}

	private @Nullable Connection take(Duration timeout) {
		if (timeout.compareTo(FEW_TICKS) < 0 || !this.lock.tryLock()) {
			return null;
		}
		try {
			long now = now();
			if (this.connection == null || this.reading || now - this.lastTick > FEW_TICKS.toNanos()) {
				return null;
			}
			this.reading = true;
			this.used = true;
			this.overdue = false;
			this.due = now + timeout.toNanos() - TICK.toNanos();
			return this.connection;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void release(boolean stays) {
		Connection leaving = null;
		this.lock.lock();
		try {
			this.reading = false;
			if (!stays || this.aborted || this.stay >= LONGEST_STAY) {
				leaving = leave();
			}
		}
		finally {
			this.lock.unlock();
		}
		giveBack(leaving);
	}

	/**
	 * Look after the connection. No other one comes before this has ended, so that a pool
	 * that takes long to take one back is not given more.
	 */
	private void tick() {
		giveBack(leaveIfDue());
		this.lock.lock();
		try {
			this.ticking = this.connection != null;
			if (this.ticking) {
				this.afterATick.execute(this::tick);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable Connection leaveIfDue() {
		this.lock.lock();
		try {
			long now = now();
			this.lastTick = now;
			this.lastHit = this.used ? now : this.lastHit;
			this.stay++;
			if (this.reading) {
				abortIfOverdue(now);
				return null;
			}
			boolean stays = this.used && this.stay < LONGEST_STAY && !this.awaited.getAsBoolean();
			this.used = false;
			return stays ? null : leave();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void abortIfOverdue(long now) {
		if (now - this.due < 0 || this.aborted) {
			return;
		}
		if (!this.overdue) {
			this.overdue = true;
			return;
		}
		this.aborted = true;
		Connection hanging = this.connection;
		if (hanging != null) {
			SqlRunner.quietly(() -> hanging.abort(Runnable::run));
		}
	}

	private @Nullable Connection leave() {
		Connection leaving = this.connection;
		this.connection = null;
		this.aborted = false;
		return leaving;
	}

	private long now() {
		return this.nanoTime.getAsLong();
	}

	private static void giveBack(@Nullable Connection leaving) {
		if (leaving != null) {
			SqlRunner.quietly(leaving::close);
		}
	}

	private static Executor afterATick() {
		ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "modelcache-jdbc-linger");
			thread.setDaemon(true);
			return thread;
		});
		scheduler.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		scheduler.allowCoreThreadTimeOut(true);
		return (task) -> {
			Future<?> unused = scheduler.schedule(task, TICK.toNanos(), TimeUnit.NANOSECONDS);
		};
	}

}
