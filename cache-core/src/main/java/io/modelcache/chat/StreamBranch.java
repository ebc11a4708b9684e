package io.modelcache.chat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * One subscriber of a {@link LiveStream}, who reads it from its beginning at his own
 * pace; or an empty seat that only keeps it going.
 */
final class StreamBranch implements Subscription {

	private final LiveStream stream;

	private final @Nullable CoreSubscriber<? super ChatResponse> subscriber;

	private final boolean leading;

	private final AtomicLong requested = new AtomicLong();

	private final AtomicInteger working = new AtomicInteger();

	private StreamNode position;

	private long emitted;

	private volatile boolean cancelled;

	StreamBranch(LiveStream stream, @Nullable CoreSubscriber<? super ChatResponse> subscriber, boolean leading,
			StreamNode head) {
		this.stream = stream;
		this.subscriber = subscriber;
		this.leading = leading;
		this.position = head;
		if (subscriber == null) {
			this.requested.set(Long.MAX_VALUE);
		}
	}

	/**
	 * Return how many chunks this subscriber has asked for since the beginning.
	 */
	long requested() {
		return this.requested.get();
	}

	@Override
	public void request(long count) {
		if (Operators.validate(count)) {
			this.requested.accumulateAndGet(count, Operators::addCap);
			drain();
			this.stream.requestMore();
		}
	}

	@Override
	public void cancel() {
		if (!this.cancelled) {
			this.cancelled = true;
			this.stream.leave(this);
		}
	}

	/**
	 * Pass on all that is there and was asked for. Whoever finds somebody else at work
	 * leaves the rest to him. A subscriber who throws leaves, and harms nobody else.
	 */
	void drain() {
		if (this.subscriber == null || this.working.getAndIncrement() != 0) {
			return;
		}
		try {
			int missed = 1;
			while (missed != 0) {
				if (!passOn(this.subscriber)) {
					return;
				}
				missed = this.working.addAndGet(-missed);
			}
		}
		catch (Throwable ex) {
			fail(this.subscriber, ex);
		}
	}

	/**
	 * Pass on what is there.
	 * @return whether there may be more later
	 */
	private boolean passOn(CoreSubscriber<? super ChatResponse> subscriber) {
		while (!this.cancelled) {
			boolean ended = this.stream.ended();
			StreamNode next = this.position.next();
			if (next == null) {
				return !ended || !end(subscriber);
			}
			if (this.emitted == this.requested.get()) {
				return true;
			}
			this.position = next;
			this.emitted++;
			subscriber.onNext(next.chunk(this.leading));
		}
		return false;
	}

	private void fail(CoreSubscriber<? super ChatResponse> subscriber, Throwable failure) {
		if (this.cancelled) {
			Operators.onErrorDropped(failure, subscriber.currentContext());
			return;
		}
		cancel();
		subscriber.onError(failure);
	}

	private boolean end(CoreSubscriber<? super ChatResponse> subscriber) {
		this.cancelled = true;
		Throwable failure = this.stream.failure();
		if (failure != null) {
			boolean another = !this.leading && this.emitted == 0 && this.stream.interrupted();
			subscriber.onError(another ? new LeaderInterruptedException() : failure);
		}
		else {
			if (!this.leading) {
				this.stream.followed(subscriber.currentContext());
			}
			subscriber.onComplete();
		}
		return true;
	}

}
