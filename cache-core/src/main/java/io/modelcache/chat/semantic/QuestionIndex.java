package io.modelcache.chat.semantic;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.modelcache.CacheOperation;
import io.modelcache.chat.ChatCacheContext;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.RemovalCause;
import io.modelcache.store.RemovalListener;
import io.modelcache.store.RemovalSource;
import io.modelcache.store.ScanPage;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;

/**
 * The index as one model's cache uses it: its failures end here, it hears what the store
 * loses, and one that does not outlive this JVM is filled from the store.
 */
final class QuestionIndex {

	private static final int PAGE = 200;

	private static final Duration PAUSE = Duration.ofMinutes(1);

	/**
	 * How long an index that is elsewhere is left alone after a failure, so that not
	 * every call waits for one that hangs.
	 */
	private static final Duration REST = Duration.ofSeconds(10);

	private final SemanticIndex index;

	private final ChatCacheContext context;

	private final Wordings wordings;

	private final AtomicReference<Instant> nextFilling;

	private final Rest rest;

	private final Absences absences;

	QuestionIndex(SemanticIndex index, ChatCacheContext context, Wordings wordings) {
		this.index = index;
		this.context = context;
		this.wordings = wordings;
		this.rest = new Rest(context.clock());
		this.absences = new Absences(context.clock());
		this.nextFilling = new AtomicReference<>(keepsVectors() ? Instant.MIN : Instant.MAX);
		hearNews();
	}

	/**
	 * Tell whether the store may have entries of earlier starts or other instances, so
	 * that vectors are worth keeping in it.
	 */
	boolean keepsVectors() {
		return !this.index.durable() && this.context.answers().blocking();
	}

	List<SemanticIndex.Match> nearest(AskedQuestion.Place place, int limit) {
		fillOnce();
		if (this.rest.isOn()) {
			return List.of();
		}
		try {
			return Objects.requireNonNull(this.index.nearest(place.partition(), place.vector(), limit),
					"The index returned null");
		}
		catch (Throwable ex) {
			failed(ex);
			return List.of();
		}
	}

	void add(AskedQuestion.Place place, StoredEntry entry) {
		add(place.partition(), new SemanticIndex.Entry(entry.fingerprint(), place.vector(), entry.keepUntil()));
	}

	void remove(Fingerprint partition, Fingerprint answer) {
		change((index) -> index.remove(partition, answer));
	}

	/**
	 * Take note that the store does not have an answer.
	 */
	void missing(Fingerprint partition, Fingerprint answer) {
		if (!this.index.durable() || this.absences.isGone(answer)) {
			remove(partition, answer);
		}
	}

	private void add(Fingerprint partition, SemanticIndex.Entry entry) {
		change((index) -> index.add(partition, entry));
	}

	private void change(Consumer<SemanticIndex> change) {
		if (this.rest.isOn()) {
			return;
		}
		try {
			change.accept(this.index);
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private void failed(Throwable failure) {
		if (!(failure instanceof UnusableVectorException) && this.index.blocking()) {
			this.rest.begin(REST);
		}
		this.context.failures().report(CacheOperation.INDEX, failure);
	}

	private void hearNews() {
		try {
			RemovalSource news = this.context.store().capability(RemovalSource.class);
			if (news != null) {
				news.subscribe(new News());
			}
		}
		catch (Throwable ex) {
			this.context.failures().report(CacheOperation.READ, ex);
		}
	}

	/**
	 * If it fails, it is tried again with a later question.
	 */
	private void fillOnce() {
		Instant due = this.nextFilling.get();
		Instant now = this.context.clock().instant();
		if (due.isAfter(now) || !this.nextFilling.compareAndSet(due, Instant.MAX)) {
			return;
		}
		try {
			this.context.background().execute(this::fill);
		}
		catch (RejectedExecutionException ex) {
			this.nextFilling.set(now.plus(PAUSE));
		}
	}

	private void fill() {
		try {
			Selector ours = Selector.all().withBean(Wordings.nameIn(this.context));
			String cursor = null;
			do {
				ScanPage page = this.context.store().scan(ours, cursor, PAGE);
				page.entries().forEach(this::addStored);
				cursor = page.next();
			}
			while (cursor != null);
		}
		catch (Throwable ex) {
			this.nextFilling.set(this.context.clock().instant().plus(PAUSE));
			this.context.failures().report(CacheOperation.READ, ex);
		}
	}

	private void addStored(StoredEntry stored) {
		KnownWording wording = this.wordings.open(stored);
		float[] vector = (wording != null) ? wording.vector() : null;
		if (wording != null && vector != null) {
			add(wording.partition(), new SemanticIndex.Entry(wording.answer(), vector, stored.keepUntil()));
		}
	}

	/**
	 * Hears what the store no longer has.
	 */
	private final class News implements RemovalListener {

		@Override
		public void removed(Collection<Fingerprint> fingerprints, RemovalCause cause) {
			if (cause != RemovalCause.REPLACED) {
				List<Fingerprint> gone = List.copyOf(fingerprints);
				onNews((index) -> index.removeAll(gone));
			}
		}

		/**
		 * What a selector matched cannot be told from the vectors; it is missed when it
		 * is found.
		 */
		@Override
		public void cleared(Selector selector) {
			if (selector.equals(Selector.all())) {
				onNews(SemanticIndex::clear);
			}
		}

		/**
		 * The index gives no answers of its own: what is gone is missed when it is found.
		 */
		@Override
		public void missed() {
		}

		/**
		 * Whoever brings news must not be made to wait for an index that is elsewhere.
		 */
		private void onNews(Consumer<SemanticIndex> change) {
			if (!QuestionIndex.this.index.blocking()) {
				change(change);
				return;
			}
			try {
				QuestionIndex.this.context.background().execute(() -> change(change));
			}
			catch (RejectedExecutionException ex) {
				QuestionIndex.this.context.failures().report(CacheOperation.INDEX, ex);
			}
		}

	}

}
