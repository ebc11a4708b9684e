package io.modelcache.embedding;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.modelcache.CacheControl;
import io.modelcache.CacheMissException;
import io.modelcache.CacheStatus;
import io.modelcache.CacheStatus.Forward;
import io.modelcache.store.Selector;
import org.junit.jupiter.api.Test;

import org.springframework.ai.embedding.EmbeddingResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a call for vectors may want of the cache, and for whom it is.
 */
class EmbeddingDirectivesTests extends EmbeddingFixture {

	private final List<String> texts = List.of("a", "b");

	@Test
	void noCacheAsksAgainAndStores() {
		ask();
		EmbeddingResponse response = CacheControl.noCache().call(this::ask);
		assertThat(this.model.requests()).hasSize(2);
		assertThat(CacheStatus.of(response).forward()).isEqualTo(Forward.REQUEST);
		assertThat(CacheStatus.of(response).stored()).isTrue();
	}

	@Test
	void noStoreReadsAndDoesNotStore() {
		assertThat(CacheStatus.of(CacheControl.noStore().call(this::ask)).stored()).isFalse();
		ask();
		CacheControl.noStore().call(this::ask);
		assertThat(this.model.requests()).hasSize(2);
	}

	@Test
	void bypassDoesNeither() {
		ask();
		EmbeddingResponse response = CacheControl.bypass().call(this::ask);
		assertThat(CacheStatus.of(response).detail()).isEqualTo("bypass");
		assertThat(this.model.requests()).hasSize(2);
	}

	@Test
	void onlyIfCachedAsksNobody() {
		this.caching.embed("a");
		assertThatExceptionOfType(CacheMissException.class)
			.isThrownBy(() -> CacheControl.onlyIfCached().call(this::ask))
			.satisfies((ex) -> assertThat(ex.getStatus().hits()).isEqualTo(1))
			.satisfies((ex) -> assertThat(ex.getStatus().misses()).isEqualTo(1));
		assertThatExceptionOfType(CacheMissException.class)
			.isThrownBy(() -> CacheControl.onlyIfCached().call(() -> this.caching.embed(Arrays.asList("a", null))));
		assertThat(this.model.requests()).hasSize(1);
		ask();
		assertThat(CacheStatus.of(CacheControl.onlyIfCached().call(this::ask)).hit()).isTrue();
	}

	@Test
	void maxAgeRefusesOldVectors() {
		ask();
		this.clock.advance(Duration.ofMinutes(10));
		CacheControl.maxAge(Duration.ofMinutes(10)).call(this::ask);
		assertThat(this.model.requests()).hasSize(1);
		CacheControl.maxAge(Duration.ofMinutes(9)).call(this::ask);
		assertThat(this.model.requests()).hasSize(2);
	}

	@Test
	void aTimeToLiveCountsForTheseVectorsOnly() {
		EmbeddingResponse response = CacheControl.ttl(Duration.ofHours(1)).call(this::ask);
		assertThat(CacheStatus.of(response).ttl()).isEqualTo(Duration.ofHours(1));
		this.caching.embed("c");
		this.clock.advance(Duration.ofHours(1));
		this.caching.embed("c");
		ask();
		assertThat(this.model.requests()).containsExactly(this.texts, List.of("c"), this.texts);
	}

	@Test
	void tagsAreKeptForEviction() {
		CacheControl.tags("manual").call(this::ask);
		assertThat(this.store.evict(Selector.all().withTag("manual"))).isEqualTo(2);
	}

	@Test
	void scopesAndVariantsShareNothing() {
		ask();
		for (CacheControl control : List.of(CacheControl.scope("red"), CacheControl.scope("blue"),
				CacheControl.variant("red"), CacheControl.variant("blue"))) {
			assertThat(CacheStatus.of(control.call(this::ask)).hits()).isZero();
			assertThat(CacheStatus.of(control.call(this::ask)).hits()).isEqualTo(2);
		}
		assertThat(this.model.requests()).hasSize(5);
	}

	@Test
	void theScopeOfTheResolverCountsAndAnUnknownOneLeavesTheCacheAside() {
		String[] scope = { "red" };
		CachingEmbeddingModel scoped = caching(this.model).scopeResolver((context) -> scope[0]).build();
		scoped.embed("a");
		scoped.embed("a");
		assertThat(this.model.requests()).hasSize(1);
		scope[0] = "blue";
		scoped.embed("a");
		assertThat(this.model.requests()).hasSize(2);
		scope[0] = null;
		scoped.embed("a");
		assertThat(this.listener.events()).endsWith("bypass:unresolved-scope");
	}

	@Test
	void aResolverThatFailsLeavesTheCacheAside() {
		CachingEmbeddingModel scoped = caching(this.model).scopeResolver((context) -> {
			throw new IllegalStateException("no session");
		}).build();
		assertThat(scoped.embed("a")).isEqualTo(this.model.vector("a"));
		assertThat(this.listener.events()).containsExactly("failure:POLICY", "bypass:failed");
	}

	private EmbeddingResponse ask() {
		return this.caching.embedForResponse(this.texts);
	}

}
