package io.modelcache.autoconfigure;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests how a time to live is read and written.
 */
class TimeToLiveTests {

	@ParameterizedTest
	@CsvSource({ "1d, P1D, 1d", "36h, PT36H, 36h", "60m, PT1H, 1h", "90s, PT90S, 90s", "1500ms, PT1.5S, PT1.5S",
			"PT5M, PT5M, 5m", "' 8h ', PT8H, 8h", "3650000d, P3650000D, 3650000d" })
	void aDurationIsReadAndWritten(String text, Duration duration, String written) {
		TimeToLive ttl = TimeToLive.valueOf(text);
		assertThat(ttl.duration()).isEqualTo(duration);
		assertThat(ttl).hasToString(written);
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "NONE", " None " })
	void noneIsForEver(String text) {
		assertThat(TimeToLive.valueOf(text).duration()).isNull();
		assertThat(TimeToLive.valueOf(text)).hasToString("none");
	}

	@Test
	void blankTextSaysNothing() {
		assertThat(TimeToLive.valueOf(" ")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "0s", "-1d", "PT0S", "PT-1M" })
	void aDurationMustBePositive(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> TimeToLive.valueOf(text))
			.withMessageStartingWith("a time to live must be positive");
	}

	@ParameterizedTest
	@ValueSource(strings = { "banana", "1 day", "1y", "99999999999999999d", "never" })
	void garbageIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> TimeToLive.valueOf(text))
			.withMessageStartingWith("that is no time to live");
	}

}
