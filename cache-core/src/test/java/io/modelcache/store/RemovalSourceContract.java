package io.modelcache.store;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.modelcache.store.RemovalSource.Subscription;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of {@link RemovalSource} as tests: a subclass of
 * {@link CacheStoreContract} implements this interface, too, and has nothing to add.
 */
public interface RemovalSourceContract extends StoreContract {

	/**
	 * Return the store under test.
	 * @return the store
	 */
	default RemovalSource source() {
		return Objects.requireNonNull(store().capability(RemovalSource.class));
	}

	@Test
	default void evictionByFingerprintIsTold() {
		RemovalRecorder news = new RemovalRecorder();
		source().subscribe(news);
		StoredEntry some = entry("some").build();
		StoredEntry other = entry("other").build();
		StoredEntry kept = entry("kept").build();
		put(some, other, kept);
		store().evictAll(List.of(some.fingerprint(), other.fingerprint()));
		eventually(() -> {
			assertThat(news.causes(some)).contains(RemovalCause.EVICTED);
			assertThat(news.causes(other)).contains(RemovalCause.EVICTED);
		});
		assertThat(news.causes(kept)).isEmpty();
	}

	@Test
	default void evictionBySelectorIsToldByEntryOrBySelector() {
		RemovalRecorder news = new RemovalRecorder();
		source().subscribe(news);
		for (Selector selector : List.of(Selector.all().withTag("t"), Selector.all().withBean("b"),
				Selector.all().withScope(TestEntry.scope("s")), Selector.all().withTag("t").withBean("b"),
				Selector.all().withCreatedBefore(now().minus(Duration.ofMinutes(5))), Selector.all())) {
			StoredEntry evicted = entry("evicted by " + selector).times(Duration.ofHours(1), null, null)
				.bean("b")
				.scope(TestEntry.scope("s"))
				.tags("t")
				.build();
			put(evicted);
			assertThat(store().evict(selector)).isEqualTo(1);
			eventually(
					() -> assertThat(news.causes(evicted)).as("news of %s", selector).contains(RemovalCause.EVICTED));
			news.clear();
		}
	}

	@Test
	default void evictionByOneLabelSaysNothingOfAnother() {
		RemovalRecorder news = new RemovalRecorder();
		StoredEntry evicted = entry("evicted").bean("b").scope(TestEntry.scope("s")).tags("t").build();
		StoredEntry kept = entry("kept").bean("c").scope(TestEntry.scope("u")).tags("v").build();
		put(kept);
		source().subscribe(news);
		for (Selector selector : List.of(Selector.all().withTag("t"), Selector.all().withBean("b"),
				Selector.all().withScope(TestEntry.scope("s")))) {
			put(evicted);
			store().evict(selector);
			eventually(() -> assertThat(news.causes(evicted)).contains(RemovalCause.EVICTED));
			assertThat(news.causes(kept)).isEmpty();
			news.clear();
		}
	}

	@Test
	default void replacementIsTold() {
		RemovalRecorder news = new RemovalRecorder();
		put(entry("a").build());
		source().subscribe(news);
		put(entry("a").tags("new").build());
		eventually(() -> assertThat(news.causes(entry("a").build())).containsExactly(RemovalCause.REPLACED));
	}

	@Test
	default void everyListenerIsTold() {
		RemovalRecorder first = new RemovalRecorder();
		RemovalRecorder second = new RemovalRecorder();
		source().subscribe(first);
		source().subscribe(second);
		StoredEntry entry = entry("a").build();
		put(entry);
		store().evictAll(List.of(entry.fingerprint()));
		eventually(() -> assertThat(List.of(first.causes(entry), second.causes(entry)))
			.allSatisfy((causes) -> assertThat(causes).contains(RemovalCause.EVICTED)));
	}

	@Test
	default void whoHasStoppedListeningIsNotTold() {
		RemovalRecorder stopped = new RemovalRecorder();
		RemovalRecorder listening = new RemovalRecorder();
		Subscription subscription = source().subscribe(stopped);
		source().subscribe(listening);
		subscription.close();
		subscription.close();
		StoredEntry entry = entry("a").build();
		put(entry);
		store().evictAll(List.of(entry.fingerprint()));
		eventually(() -> assertThat(listening.causes(entry)).contains(RemovalCause.EVICTED));
		assertThat(stopped.causes(entry)).isEmpty();
	}

	@Test
	default void theEndOfAnEntryIsToldAsSuchOrNotAtAll() {
		RemovalRecorder news = new RemovalRecorder();
		source().subscribe(news);
		StoredEntry ending = entry("ending").times(Duration.ZERO, SHORT, SHORT).build();
		StoredEntry evicted = entry("evicted").build();
		put(ending, evicted);
		pass(SHORT);
		eventually(() -> assertGone(ending));
		store().evictAll(List.of(evicted.fingerprint()));
		eventually(() -> assertThat(news.causes(evicted)).contains(RemovalCause.EVICTED));
		assertThat(news.causes(ending)).isSubsetOf(RemovalCause.EXPIRED);
	}

}
