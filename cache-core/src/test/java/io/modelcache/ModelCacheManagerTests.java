package io.modelcache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.modelcache.chat.CachingChatModel;
import io.modelcache.embedding.CachingEmbeddingModel;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.Selector;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.BrokenStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.CountingEmbeddingModel;
import io.modelcache.testing.FlakyStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ModelCacheManager}.
 */
class ModelCacheManagerTests {

	private final CaffeineCacheStore one = CaffeineCacheStore.ofMaximumWeight(1_000_000);

	private final CaffeineCacheStore other = CaffeineCacheStore.ofMaximumWeight(1_000_000);

	private final CachingChatModel chat = CachingChatModel.builder(new CountingChatModel())
		.name("chat")
		.store(this.one)
		.build();

	private final CachingEmbeddingModel embedding = CachingEmbeddingModel.builder(new CountingEmbeddingModel())
		.name("embedding")
		.store(this.other)
		.build();

	private final ModelCacheManager manager = new ModelCacheManager(() -> List.of(this.one, this.other));

	@BeforeEach
	void fill() {
		this.chat.call("plain");
		CacheControl.tags("pricing").call(() -> this.chat.call("tagged"));
		CacheControl.scope("acme").call(() -> this.chat.call("plain"));
		this.embedding.embed("a");
	}

	@Test
	void everythingCanBeCleared() {
		assertThat(this.manager.clear()).isEqualTo(4);
		assertThat(this.manager.clear()).isZero();
	}

	@Test
	void oneCacheCanBeCleared() {
		assertThat(this.manager.clear("chat")).isEqualTo(3);
		assertThat(keys("embedding", 10)).hasSize(1);
	}

	@Test
	void aTagCanBeEvicted() {
		assertThat(this.manager.evictTag("pricing")).isEqualTo(1);
		assertThat(keys("chat", 10)).hasSize(2);
	}

	@Test
	void aScopeCanBeEvicted() {
		assertThat(this.manager.evictScope("acme")).isEqualTo(1);
		assertThat(this.manager.evictScope("shared")).isZero();
		assertThat(keys("chat", 10)).hasSize(2);
	}

	@Test
	void oneEntryCanBeEvicted() {
		this.manager.evict(keys("chat", 10).get(0));
		assertThat(keys("chat", 10)).hasSize(2);
	}

	@Test
	void theKeysOfACacheAreListedPageByPage() {
		assertThat(keys("chat", 1)).hasSize(3).doesNotHaveDuplicates();
		assertThat(keys("embedding", 1)).hasSize(1);
		assertThat(keys("nobody", 1)).isEmpty();
		CacheKeys.Key key = this.manager.keys("embedding", "1:", 10).keys().get(0);
		assertThat(key.freshUntil()).isNull();
		assertThat(key.bytes()).isBetween(84 + 12, 100 + 12);
	}

	@Test
	void aKeyOfAnAnswerTellsHowLongItIsFresh() {
		CacheKeys.Key key = this.manager.keys("chat", null, 1).keys().get(0);
		assertThat(Duration.between(key.createdAt(), key.freshUntil())).isEqualTo(Duration.ofDays(1));
	}

	@Test
	void aForeignCursorIsRefused() {
		for (String cursor : List.of("", "x", ":", "99999:", "-1:", "0:xyz")) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.manager.keys("chat", cursor, 1));
		}
	}

	@Test
	void aStoreThatFailsIsNotHidden() {
		ModelCacheManager broken = new ModelCacheManager(
				() -> List.of(BrokenStore.throwing(() -> new IllegalStateException("down"))));
		assertThatIllegalStateException().isThrownBy(broken::clear).withMessage("down");
	}

	@Test
	void aStoreThatFailsKeepsNothingInTheOthers() {
		ModelCacheManager half = new ModelCacheManager(
				() -> List.of(BrokenStore.throwing(() -> new IllegalStateException("down")), this.one, this.other));
		assertThatIllegalStateException().isThrownBy(() -> half.clear("chat")).withMessage("down");
		assertThat(keys("chat", 10)).isEmpty();
		assertThatIllegalStateException().isThrownBy(half::clear).withMessage("down");
		assertThat(this.manager.clear()).isZero();
	}

	private List<Fingerprint> keys(String name, int limit) {
		List<Fingerprint> keys = new ArrayList<>();
		String cursor = null;
		do {
			CacheKeys page = this.manager.keys(name, cursor, limit);
			page.keys().forEach((key) -> keys.add(key.fingerprint()));
			cursor = page.next();
		}
		while (cursor != null);
		return keys;
	}

	@Test
	void entriesAreCountedInStoresThatCountAndInThoseThatDoNot() {
		ModelCacheManager walking = new ModelCacheManager(() -> List.of(this.one, new FlakyStore(this.other)));
		this.manager.clear();
		for (int i = 0; i < 501; i++) {
			this.embedding.embed("text " + i);
		}
		this.chat.call("question");
		assertThat(this.manager.count(Selector.all())).isEqualTo(502).isEqualTo(walking.count(Selector.all()));
		assertThat(walking.count(Selector.all().withBean("embedding"))).isEqualTo(501);
		assertThat(walking.count(Selector.all().withTag("nobody's"))).isZero();
	}

	@Test
	void anEntryIsFoundByItsKeyIdAndByItsWholeKey() {
		this.chat.call("question");
		this.chat.call("other question");
		Fingerprint key = this.manager.keys("chat", null, 1).keys().get(0).fingerprint();
		assertThat(this.manager.find(key.id())).containsExactly(key);
		assertThat(this.manager.find(key.toHex())).containsExactly(key);
		this.manager.evict(key);
		assertThat(this.manager.find(key.id())).isEmpty();
		assertThat(this.manager.find(key.toHex())).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> this.manager.find("%"))
			.withMessageContaining("12 or 64 hexadecimal digits");
	}

}
