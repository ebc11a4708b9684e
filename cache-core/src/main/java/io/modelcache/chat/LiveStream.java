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
 * that the last one can carry the {@link CacheStatus}.
 */
final class LiveStream implements CoreSubscriber<ChatResponse> {

	private final Context context;

	private final StreamRecorder recorder;

	private final Ending ending;

	private final List<StreamBranch> branches = new CopyOnWriteArrayList<>();

	private StreamNode tail = new StreamNode(null, null);

	private @Nullable StreamNode head = this.tail;

	private @Nullable ChatResponse held;

	private @Nullable Subscription upstream;

	private long demanded;

	private boolean abandoned;

	private volatile boolean ended;

	private volatile @Nullable Throwable failure;

	/**
	 * Create a stream.
	 * @param context the context of the subscriber whose subscription asks the model
	 * @param recorder records it
	 * @param ending hears how it ends
	 */
	LiveStream(Context context, StreamRecorder recorder, Ending ending) {
		this.context = context;
		this.recorder = recorder;
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
				model.subscribe(LiveStream.this);
			}

		};
	}

	/**
	 * Return the stream for somebody else.
	 * @param otherwise what he gets if it is too late to join
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
			late = this.abandoned;
			this.upstream = subscription;
		}
		if (late) {
			subscription.cancel();
			return;
		}
		requestMore();
	}

	@Override
	public void onNext(ChatResponse chunk) {
		boolean kept = this.recorder.add(chunk);
		boolean closing;
		synchronized (this) {
			release(null);
			if (StreamRecorder.mayBeLast(chunk)) {
				this.held = chunk;
			}
			else {
				append(chunk, null);
			}
			closing = !kept && this.head != null;
			if (closing) {
				this.head = null;
			}
		}
		if (closing) {
			this.ending.unkept();
		}
		drain();
		requestMore();
	}

	@Override
	public void onError(Throwable failure) {
		this.ending.failed(failure);
		synchronized (this) {
			release(null);
			this.failure = failure;
			this.head = null;
			this.ended = true;
		}
		drain();
	}

	@Override
	public void onComplete() {
		this.ending.completed(this.recorder.answer(), this::complete);
	}

	/**
	 * Let everybody have the rest.
	 */
	void complete(CacheStatus status) {
		synchronized (this) {
			release(status);
			this.head = null;
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

	void leave(StreamBranch branch) {
		Subscription cancelled;
		synchronized (this) {
			this.branches.remove(branch);
			if (!this.branches.isEmpty() || this.ended || this.abandoned) {
				return;
			}
			this.abandoned = true;
			this.head = null;
			cancelled = this.upstream;
		}
		if (cancelled != null) {
			cancelled.cancel();
		}
		this.ending.abandoned();
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
			if (this.upstream == null || this.ended || wanted <= this.demanded || wanted == 1) {
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
		return branch;
	}

	private void release(@Nullable CacheStatus status) {
		if (this.held != null) {
			append(this.held, status);
			this.held = null;
		}
	}

	private void append(ChatResponse chunk, @Nullable CacheStatus status) {
		StreamNode node = new StreamNode(chunk, status);
		this.tail.append(node);
		this.tail = node;
	}

	private void drain() {
		this.branches.forEach(StreamBranch::drain);
	}

	/**
	 * Hears how a stream ends, once.
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
		 * The stream has become too large to be kept; it goes on.
		 */
		void unkept();

	}

}
