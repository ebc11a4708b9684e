package io.modelcache;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CacheSettings}.
 */
class CacheSettingsTests {

	@Test
	void wrongSettingsAreRefusedInWords() {
		assertThatIllegalArgumentException().isThrownBy(() -> settings("a", Duration.ofSeconds(-1), 1))
			.withMessageContaining("'ttl' must be positive");
		assertThatIllegalArgumentException().isThrownBy(() -> settings("a", Duration.ZERO, 1))
			.withMessageContaining("'ttl' must be positive");
		assertThatIllegalArgumentException().isThrownBy(() -> settings("a", null, 0))
			.withMessageContaining("'maxEntrySize' must be at least 1 byte");
		assertThatIllegalArgumentException().isThrownBy(() -> settings(" ", null, 1))
			.withMessageContaining("'name' must not be blank");
	}

	private static CacheSettings settings(String name, Duration ttl, long maxEntrySize) {
		return new CacheSettings(name, "caffeine", "", null, ttl, Duration.ZERO, maxEntrySize);
	}

}
