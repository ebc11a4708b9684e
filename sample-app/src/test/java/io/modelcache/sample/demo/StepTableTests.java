package io.modelcache.sample.demo;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The second table on the console.
 */
class StepTableTests {

	@Test
	void showsTheTimeAndWhatTheProviderWasAsked() {
		List<Step> steps = List.of(new Step("a joke, called", Duration.ofNanos(904_500_000), 1, 1),
				new Step("a joke, streamed", Duration.ofNanos(450_000), 1, 0),
				new Step("a summary", Duration.ofNanos(1_804_500_000), 4, 1));
		assertThat(StepTable.of(steps).lines()).containsExactly(
				"  scene                                                  time  provider",
				"  -----------------------------------------------------------------------------",
				"  a joke, called                                    904.50 ms  miss",
				"  a joke, streamed                                    0.45 ms  hit",
				"  a summary                                       1,804.50 ms  1 of 4 asked");
	}

}
