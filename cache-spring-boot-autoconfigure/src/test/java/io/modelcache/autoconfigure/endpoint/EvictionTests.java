package io.modelcache.autoconfigure.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.modelcache.CacheScope;
import io.modelcache.ModelCacheManager;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.KeyHash;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Eviction}.
 */
class EvictionTests {

	private final CaffeineCacheStore store = CaffeineCacheStore.builder().executor(Runnable::run).build();

	private final ModelCacheManager manager = new ModelCacheManager(() -> List.of(this.store), KeyHash.SHA_256);

	@Test
	void whatLeadsToTheAnswersOfAModelGoesWithThemUncounted() {
		put(1, "chat");
		put(2, "chat:wordings");
		put(3, "other");
		Eviction eviction = Eviction.of(this.manager, null, "chat", null, null, false);
		assertThat(eviction.run(this.manager, true).entries()).isEqualTo(1);
		assertThat(eviction.run(this.manager, false).entries()).isEqualTo(1);
		assertThat(this.store.scan(Selector.all(), null, 10).entries()).extracting(StoredEntry::bean)
			.containsExactly("other");
	}

	private void put(long number, String bean) {
		this.store.putAll(List.of(new StoredEntry(new Fingerprint(number, 0, 0, 0), new byte[1], Instant.now(),
				StoredEntry.NEVER, StoredEntry.NEVER, bean, CacheScope.SHARED, Set.of(), null)));
	}

}
