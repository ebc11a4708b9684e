package io.modelcache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.modelcache.key.CanonicalForm;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.CacheStore;
import io.modelcache.store.PartialReadException;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.BrokenStore;
import io.modelcache.testing.RecordingListener;
import io.modelcache.testing.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ModelCache}.
 */
class ModelCacheTests {

	private static final Fingerprint KEY = key(1);

	private static final EntryTerms HOUR = EntryTerms.shared(Duration.ofHours(1));

	private final TestClock clock = new TestClock();

	private final RecordingListener listener = new RecordingListener();

	private final CaffeineCacheStore store = CaffeineCacheStore.builder()
		.clock(this.clock)
		.executor(Runnable::run)
		.build();

	private final ModelCache<String> cache = cacheOver(this.store);

	@Test
	void whatWasPutIsFoundWithItsAgeAndTheRestOfItsTime() {
		assertThat(this.cache.put(KEY, "value", HOUR)).isTrue();
		this.clock.advance(Duration.ofMinutes(20));
		CachedValue<String> found = this.cache.get(KEY, CacheScope.SHARED);
		assertThat(found.value()).isEqualTo("value");
		assertThat(found.age()).isEqualTo(Duration.ofMinutes(20));
		assertThat(found.ttl()).isEqualTo(Duration.ofMinutes(40));
		assertThat(found.fresh()).isTrue();
		assertThat(this.listener.events()).containsExactly("store");
	}

	@Test
	void anAgeIsNeverNegative() {
		this.cache.put(KEY, "value", HOUR);
		this.clock.advance(Duration.ofMinutes(-5));
		assertThat(this.cache.get(KEY, CacheScope.SHARED).age()).isZero();
	}

	@Test
	void withoutATimeToLiveItIsFreshForEver() {
		this.cache.put(KEY, "value", EntryTerms.shared(null));
		this.clock.advance(Duration.ofDays(100_000));
		assertThat(this.cache.get(KEY, CacheScope.SHARED).ttl()).isNull();
		assertThat(this.cache.get(KEY, CacheScope.SHARED).fresh()).isTrue();
	}

	@Test
	void aTimeToLiveBeyondTheEndOfTimeIsForEver() {
		this.cache.put(KEY, "value", EntryTerms.shared(Duration.ofSeconds(Long.MAX_VALUE)));
		assertThat(this.cache.get(KEY, CacheScope.SHARED).ttl()).isNull();
	}

	@Test
	void afterItsTimeItIsStale() {
		this.cache.put(KEY, "value",
				new EntryTerms(CacheScope.SHARED, Duration.ofHours(1), Duration.ofHours(1), Set.of()));
		this.clock.advance(Duration.ofHours(1));
		assertThat(this.cache.get(KEY, CacheScope.SHARED).fresh()).isFalse();
	}

	@Test
	void anEntryOfAnotherScopeIsAMissAndIsDeleted() {
		this.cache.put(KEY, "value", HOUR);
		assertThat(this.cache.get(KEY, key(9))).isNull();
		assertThat(this.store.get(KEY)).isNull();
		assertThat(this.listener.events()).containsExactly("store", "failure:DECODE");
	}

	@Test
	void twoSwappedEntriesAreMisses() {
		this.cache.put(KEY, "one", HOUR);
		this.cache.put(key(2), "two", HOUR);
		StoredEntry two = this.store.get(key(2));
		this.store.putAll(List.of(new StoredEntry(KEY, two.payload(), two.createdAt(), two.freshUntil(),
				two.keepUntil(), two.bean(), two.scope(), two.tags(), null)));
		assertThat(this.cache.getAll(List.of(KEY, key(2)), CacheScope.SHARED)).containsOnlyKeys(key(2));
		assertThat(this.cache.get(KEY, CacheScope.SHARED)).isNull();
	}

	@Test
	void manyAreFoundAtOnceAndOnlyThoseThatAreThere() {
		Map<Fingerprint, String> values = new LinkedHashMap<>();
		values.put(key(1), "one");
		values.put(key(2), "two");
		assertThat(this.cache.putAll(values, HOUR)).isEqualTo(2);
		assertThat(this.cache.getAll(List.of(key(3), key(2), key(1)), CacheScope.SHARED)).hasSize(2)
			.hasEntrySatisfying(key(2), (found) -> assertThat(found.value()).isEqualTo("two"));
	}

	@Test
	void whatIsTooLargeIsNotStored() {
		ModelCache<String> small = new ModelCache<>(settings(5), this.store, new TextCodec(), this.clock,
				this.listener);
		assertThat(small.put(KEY, "12345", HOUR)).isTrue();
		assertThat(small.put(key(2), "123456", HOUR)).isFalse();
		assertThat(this.listener.events()).containsExactly("store", "reject:too-large");
	}

	@Test
	void whatTookMoreRoomWhenItWasStoredThanItMayNowIsAMiss() {
		this.cache.put(KEY, "123456", HOUR);
		ModelCache<String> small = new ModelCache<>(settings(5), this.store, new TextCodec(), this.clock,
				this.listener);
		assertThat(small.get(KEY, CacheScope.SHARED)).isNull();
		assertThat(this.store.get(KEY)).isNull();
	}

	@Test
	void aLargeValueTakesLittleRoomAndComesBack() {
		String value = "the same again and again, ".repeat(1000);
		ModelCache<String> large = new ModelCache<>(settings(30_000), this.store, new TextCodec(), this.clock,
				this.listener);
		assertThat(large.put(KEY, value, HOUR)).isTrue();
		assertThat(this.store.get(KEY).payload()).hasSizeLessThan(1000);
		assertThat(large.get(KEY, CacheScope.SHARED).value()).isEqualTo(value);
	}

	@Test
	void theLimitIsThatOfTheValueAndNotOfWhatCompressionMakesOfIt() {
		assertThat(this.cache.put(KEY, "a".repeat(5000), HOUR)).isFalse();
		assertThat(this.listener.events()).containsExactly("reject:too-large");
	}

	@Test
	void whatCannotBeStoredIsRejectedAndTheOthersAreStored() {
		Map<Fingerprint, String> values = new LinkedHashMap<>();
		values.put(key(1), TextCodec.UNSTORABLE);
		values.put(key(2), "two");
		assertThat(this.cache.putAll(values, HOUR)).isEqualTo(1);
		assertThat(this.listener.events()).containsExactly("reject:unstorable", "store");
	}

	@Test
	void aCodecThatFailsIsCountedAndNothingElse() {
		assertThat(this.cache.put(KEY, TextCodec.FAILING, HOUR)).isFalse();
		assertThat(this.listener.events()).containsExactly("failure:ENCODE");
		assertThat(this.store.scan(Selector.all(), null, 10).entries()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(classes = { IllegalStateException.class, NoClassDefFoundError.class, StackOverflowError.class,
			AssertionError.class, InterruptedException.class })
	void whateverAStoreThrowsIsAMiss(Class<? extends Throwable> type) throws Exception {
		Throwable failure = type.getDeclaredConstructor().newInstance();
		ModelCache<String> broken = cacheOver(BrokenStore.throwing(() -> failure));
		assertThat(broken.get(KEY, CacheScope.SHARED)).isNull();
		assertThat(broken.getAll(List.of(KEY), CacheScope.SHARED)).isEmpty();
		assertThat(broken.put(KEY, "value", HOUR)).isFalse();
		assertThat(this.listener.events()).containsExactly("failure:READ", "failure:READ", "failure:WRITE");
	}

	@Test
	void whatWasFoundBeforeAStoreFailedCountsAndTheFailureIsReported() {
		this.cache.put(KEY, "value", HOUR);
		IllegalStateException failure = new IllegalStateException("halfway");
		List<Throwable> reported = new ArrayList<>();
		CacheListener listener = new CacheListener() {
			@Override
			public void onFailure(String cache, CacheOperation operation, Throwable failure) {
				reported.add(failure);
			}
		};
		CacheStore halfway = BrokenStore
			.throwing(() -> new PartialReadException(Map.of(KEY, this.store.get(KEY)), failure));
		ModelCache<String> broken = new ModelCache<>(settings(1000), halfway, new TextCodec(), this.clock, listener);
		assertThat(broken.getAll(List.of(key(2), KEY), CacheScope.SHARED)).containsOnlyKeys(KEY);
		assertThat(reported).containsExactly(failure);
	}

	@Test
	void outOfMemoryIsNotForTheCacheToSwallow() {
		ModelCache<String> broken = cacheOver(BrokenStore.throwing(OutOfMemoryError::new));
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> broken.get(KEY, CacheScope.SHARED));
	}

	@Test
	void aStoreThatReturnsNullIsAMiss() {
		ModelCache<String> broken = cacheOver(BrokenStore.returningNull());
		assertThat(broken.get(KEY, CacheScope.SHARED)).isNull();
		assertThat(broken.getAll(List.of(KEY), CacheScope.SHARED)).isEmpty();
	}

	private ModelCache<String> cacheOver(CacheStore store) {
		return new ModelCache<>(settings(1000), store, new TextCodec(), this.clock, this.listener);
	}

	private static CacheSettings settings(long maxEntrySize) {
		return new CacheSettings("test", "caffeine", "", null, Duration.ofHours(1), Duration.ZERO, maxEntrySize);
	}

	private static Fingerprint key(int number) {
		return CanonicalForm.of("test", 1).integer("number", number).fingerprint();
	}

	/**
	 * Stores texts, but for two.
	 */
	static final class TextCodec implements ValueCodec<String> {

		static final String UNSTORABLE = "unstorable";

		static final String FAILING = "failing";

		@Override
		public byte format() {
			return 99;
		}

		@Override
		public boolean compressible() {
			return true;
		}

		@Override
		public byte[] encode(String value) {
			if (value.equals(UNSTORABLE)) {
				throw new UnstorableException("unstorable");
			}
			if (value.equals(FAILING)) {
				throw new IllegalStateException("with the answer in it");
			}
			return value.getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public String decode(ByteBuffer bytes) {
			return StandardCharsets.UTF_8.decode(bytes).toString();
		}

	}

}
