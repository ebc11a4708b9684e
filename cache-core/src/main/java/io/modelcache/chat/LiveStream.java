package io.modelcache.chat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import io.modelcache.CacheStatus;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * One stream of the model while it is under way: it is recorded, and any number of
 * subscribers read it from its beginning.
 * <p>
 * While a beginner may still join, the model is asked for as much as the fastest
 * subscriber wants; afterwards, when the record has become too large to be kept, for as
 * much as the slowest one wants, so that nothing is kept but what he has not read. The
 * last subscriber who leaves cancels the stream of the model.
 * <p>
 * A chunk that could be the last one is held back until it is known whether it is, so
 * that the last one can carry the {@link CacheStatus}. One without a finish reason never
 * is: if the model gives none at all, the last one carries no status.
 */
final class LiveStream implements CoreSubscriber<ChatResponse> {

	private final Context context;

	private final StreamRecorder recorder;

	private final Ending ending;

	private final List<StreamBranch> branches = new CopyOnWriteArrayList<>();

	private final boolean shared;

	private StreamNode tail = StreamNode.head();

	private @Nullable StreamNode head = this.tail;

	private @Nullable StreamNode held;

	private @Nullable Subscription upstream;

	private long demanded;

	private boolean led;

	/**
	 * The model has said its last word, or nobody wants to hear it any more: what comes
	 * after that does not count.
	 */
	private boolean over;

	private volatile boolean ended;

	private volatile @Nullable CacheStatus status;

	private volatile @Nullable Throwable failure;

	private volatile boolean interrupted;

	/**
	 * Create a stream.
	 * @param context the context of the subscriber whose subscription asks the model
	 * @param recorder records it
	 * @param shared whether others may follow it
	 * @param ending hears how it ends
	 */
	LiveStream(Context context, StreamRecorder recorder, boolean shared, Ending ending) {
		this.context = context;
		this.recorder = recorder;
		this.shared = shared;
		this.ending = ending;
	}

	/**
	 * Return the stream for the one whose subscription asks the model.
	 * @param model the stream of the model
	 */
	Flux<ChatResponse> lead(Publisher<ChatResponse> model) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ChatResponse> subscriber) {
				StreamBranch branch = board(subscriber, true);
				if (branch == null) {
					Operators.error(subscriber, new IllegalStateException("A stream is led once only"));
					return;
				}
				subscriber.onSubscribe(branch);
				ask(model);
			}

		};
	}

	/**
	 * Return the stream for somebody else.
	 * @param otherwise what he gets if it is too late to join
	 * @return fails with a {@link LeaderInterruptedException} if the one who asked the
	 * model is interrupted before there is anything
	 */
	Flux<ChatResponse> follow(Publisher<ChatResponse> otherwise) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ChatResponse> subscriber) {
				StreamBranch branch = board(subscriber, false);
				if (branch == null) {
					otherwise.subscribe(subscriber);
					return;
				}
				subscriber.onSubscribe(branch);
				branch.drain();
			}

		};
	}

	/**
	 * Keep the stream going until the seat is cancelled.
	 * @return the seat, or {@code null} if it is too late
	 */
	@Nullable StreamBranch takeSeat() {
		StreamBranch seat = board(null, false);
		if (seat != null) {
			requestMore();
		}
		return seat;
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		boolean late;
		synchronized (this) {
			late = this.over || this.upstream != null;
			if (!late) {
				this.upstream = subscription;
			}
		}
		if (late) {
			subscription.cancel();
			return;
		}
		requestMore();
	}

	@Override
	public void onNext(ChatResponse chunk) {
		String objection = this.recorder.add(chunk);
		boolean closing;
		synchronized (this) {
			if (this.over) {
				return;
			}
			release(null);
			this.held = StreamNode.of(chunk, this.shared && (this.head != null || this.branches.size() > 1));
			if (!StreamRecorder.mayBeLast(chunk)) {
				release(null);
			}
			closing = objection != null && this.head != null;
			if (closing) {
				close();
			}
		}
		if (objection != null && closing) {
			this.ending.unkept(objection);
		}
		drain();
		requestMore();
	}

	@Override
	public void onError(Throwable failure) {
		if (!endsNow()) {
			return;
		}
		boolean interrupted = Interruption.isBehind(failure);
		if (interrupted) {
			this.ending.abandoned();
		}
		else {
			this.ending.failed(failure);
		}
		synchronized (this) {
			release(null);
			this.failure = failure;
			this.interrupted = interrupted;
			close();
			this.ended = true;
		}
		drain();
	}

	@Override
	public void onComplete() {
		if (!endsNow()) {
			return;
		}
		boolean kept = this.recorder.objection() == null;
		ChatAnswer answer = this.recorder.answer();
		String objection = this.recorder.objection();
		try {
			if (kept && objection != null) {
				this.ending.unkept(objection);
			}
		}
		finally {
			this.ending.completed(answer, this::complete);
		}
	}

	/**
	 * Let everybody have the rest.
	 */
	void complete(CacheStatus status) {
		synchronized (this) {
			release(status);
			this.status = status;
			close();
			this.ended = true;
		}
		drain();
	}

	boolean ended() {
		return this.ended;
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

	/**
	 * Tell whether the failure is nobody's but that of the one who asked the model: his
	 * thread was interrupted.
	 */
	boolean interrupted() {
		return this.interrupted;
	}

	/**
	 * One who followed has read to the end.
	 * @param reader the context of his subscription
	 */
	void followed(ContextView reader) {
		CacheStatus known = this.status;
		if (known != null) {
			this.ending.followed(known.withCollapsed(), reader);
		}
	}

	/**
	 * Let a subscriber go. Whoever waited for him is served now, and the last one takes
	 * the stream of the model with him, unless the one who is to lead has not come yet.
	 */
	void leave(StreamBranch branch) {
		Subscription cancelled;
		boolean last;
		synchronized (this) {
			this.branches.remove(branch);
			last = this.branches.isEmpty() && this.led && !this.over;
			if (last) {
				this.over = true;
				close();
			}
			cancelled = last ? this.upstream : null;
		}
		if (!last) {
			requestMore();
			return;
		}
		try {
			if (cancelled != null) {
				cancelled.cancel();
			}
		}
		finally {
			this.ending.abandoned();
		}
	}

	/**
	 * Ask the model for as much as is wanted, and for one chunk more, because one may be
	 * held back.
	 */
	void requestMore() {
		Subscription subscription;
		long more;
		synchronized (this) {
			long wanted = Operators.addCap(wanted(), 1);
			if (this.upstream == null || this.over || wanted <= this.demanded || wanted == 1) {
				return;
			}
			more = (wanted == Long.MAX_VALUE) ? Long.MAX_VALUE : wanted - this.demanded;
			this.demanded = wanted;
			subscription = this.upstream;
		}
		subscription.request(more);
	}

	private long wanted() {
		LongStream wishes = this.branches.stream().mapToLong(StreamBranch::requested);
		return ((this.head != null) ? wishes.max() : wishes.min()).orElse(0);
	}

	private synchronized @Nullable StreamBranch board(@Nullable CoreSubscriber<? super ChatResponse> subscriber,
			boolean leading) {
		if (this.head == null) {
			return null;
		}
		StreamBranch branch = new StreamBranch(this, subscriber, leading, this.head);
		this.branches.add(branch);
		this.led |= leading;
		return branch;
	}

	private void ask(Publisher<ChatResponse> model) {
		synchronized (this) {
			if (this.over) {
				return;
			}
		}
		try {
			model.subscribe(this);
		}
		catch (Throwable ex) {
			onError(ex);
		}
	}

	/**
	 * Hear no more of the model.
	 * @return whether it was heard until now
	 */
	private synchronized boolean endsNow() {
		boolean now = !this.over;
		this.over = true;
		return now;
	}

	/**
	 * From now on nobody can join. Both happens at once, or else whoever comes between
	 * would try to board a stream that takes nobody, again and again.
	 */
	private void close() {
		if (this.head != null) {
			this.head = null;
			this.ending.closed();
		}
	}

	private void release(@Nullable CacheStatus status) {
		StreamNode node = this.held;
		if (node != null) {
			node.mark(status);
			this.tail.append(node);
			this.tail = node;
			this.held = null;
		}
	}

	private void drain() {
		this.branches.forEach(StreamBranch::drain);
	}

	/**
	 * Hears how a stream ends.
	 */
	interface Ending {

		/**
		 * The model has said everything.
		 * @param answer the answer, or {@code null} if it is too large to be kept
		 * @param then lets the subscribers have the rest
		 */
		void completed(@Nullable ChatAnswer answer, Consumer<CacheStatus> then);

		/**
		 * The model has failed.
		 * @param failure what it said
		 */
		void failed(Throwable failure);

		/**
		 * Everybody has left.
		 */
		void abandoned();

		/**
		 * The stream cannot be kept, for example because it is too large; it goes on.
		 * @param reason why, in one word
		 */
		void unkept(String reason);

		/**
		 * Nobody can join any more. This must not wait for anything.
		 */
		void closed();

		/**
		 * One who followed has read to the end.
		 * @param status what happened for him
		 * @param reader the context of his subscription
		 */
		void followed(CacheStatus status, ContextView reader);

	}

}
