package io.modelcache;

import java.time.Duration;
import java.util.List;

import io.modelcache.CacheStatus.Forward;
import io.modelcache.key.CanonicalForm;
import io.modelcache.key.Fingerprint;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CacheStatus}.
 */
class CacheStatusTests {

	private static final Fingerprint KEY = CanonicalForm.of("test", 1).fingerprint();

	@Test
	void aHitIsWrittenInTheWordsOfRfc9211() {
		CacheStatus hit = CacheStatus.hit("caffeine", KEY, Duration.ofSeconds(61), Duration.ofHours(23));
		assertThat(hit.hit()).isTrue();
		assertThat(hit.toHeader("modelcache"))
			.isEqualTo("modelcache; hit; ttl=82800; age=61; key=\"%s\"; detail=\"caffeine\"".formatted(KEY.id()));
	}

	@Test
	void aMissThatWasStoredSaysSo() {
		CacheStatus miss = CacheStatus.forwarded(Forward.MISS, KEY).withStored(Duration.ofSeconds(5));
		assertThat(miss.hit()).isFalse();
		assertThat(miss.toHeader("a")).isEqualTo("a; fwd=miss; ttl=5; stored; key=\"%s\"".formatted(KEY.id()));
	}

	@Test
	void aBypassNamesItsReason() {
		assertThat(CacheStatus.bypass("non-deterministic").toHeader("a"))
			.isEqualTo("a; fwd=bypass; detail=\"non-deterministic\"");
	}

	@Test
	void aBatchIsAHitOnlyIfTheModelWasNotAsked() {
		assertThat(CacheStatus.batch(3, 0, "caffeine").hit()).isTrue();
		assertThat(CacheStatus.batch(2, 1, "caffeine").hit()).isFalse();
		assertThat(CacheStatus.batch(2, 1, "caffeine").toHeader("a")).isEqualTo("a; fwd=partial; detail=\"caffeine\"");
		assertThat(CacheStatus.batch(0, 3, "caffeine").forward()).isEqualTo(Forward.MISS);
	}

	@Test
	void aDetailCannotBreakOutOfItsHeader() {
		assertThat(CacheStatus.bypass("a\"b\\c\r\nSet-Cookie: x\u00e9").toHeader("a"))
			.isEqualTo("a; fwd=bypass; detail=\"a\\\"b\\\\c??Set-Cookie: x?\"");
	}

	@Test
	void theStatusOfAForeignResponseIsNone() {
		assertThat(CacheStatus.of(null)).isSameAs(CacheStatus.NONE);
		assertThat(CacheStatus.of(new ChatResponse(List.of()))).isSameAs(CacheStatus.NONE);
		assertThat(CacheStatus.of(ChatResponse.builder()
			.generations(List.of())
			.metadata(CacheStatus.METADATA_KEY, "a stranger's")
			.build())).isSameAs(CacheStatus.NONE);
		assertThat(CacheStatus.NONE.hit()).isFalse();
		assertThat(CacheStatus.NONE).hasToString("modelcache");
	}

	@Test
	void theStatusInTheMetadataIsFound() {
		CacheStatus status = CacheStatus.bypass("x");
		assertThat(CacheStatus
			.of(ChatResponse.builder().generations(List.of()).metadata(CacheStatus.METADATA_KEY, status).build()))
			.isSameAs(status);
	}

}
