package io.modelcache.chat.semantic;

import java.util.Random;

import io.modelcache.store.caffeine.CaffeineCacheStore;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that similarity is never a permission, over the embedded index.
 */
class SemanticIsolationTests {

	@Property(tries = 30)
	void noAnswerLeavesItsScopeSystemTextHistoryModelOrOptions(@ForAll long seed) {
		SemanticIsolation isolation = new SemanticIsolation(CaffeineCacheStore.ofMaximumWeight(10_000_000),
				EmbeddedSemanticIndex.builder().build());
		assertThat(isolation.ask(new Random(seed), 200)).as("hits").isGreaterThan(50);
	}

}
