package io.modelcache;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Lets a line about a repeated failure through once a minute and counts the others.
 * <p>
 * Safe for use by several threads.
 */
final class QuietLog {

	private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

	private final LongSupplier nanoTime;

	private final AtomicLong count = new AtomicLong();

	private final AtomicLong next;

	QuietLog() {
		this(System::nanoTime);
	}

	QuietLog(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.next = new AtomicLong(nanoTime.getAsLong());
	}

	/**
	 * Report one failure.
	 * @param line writes the line, given the number of failures before this one; called
	 * if the last line is at least a minute old
	 */
	void say(LongConsumer line) {
		long before = this.count.getAndIncrement();
		long now = this.nanoTime.getAsLong();
		long due = this.next.get();
		if (now - due >= 0 && this.next.compareAndSet(due, now + INTERVAL)) {
			line.accept(before);
		}
	}

}
