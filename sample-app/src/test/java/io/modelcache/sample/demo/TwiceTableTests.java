package io.modelcache.sample.demo;

import java.time.Duration;
import java.util.List;

import io.modelcache.sample.demo.Twice.Call;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table on the console.
 */
class TwiceTableTests {

	@Test
	void showsBothTimesBothOutcomesAndTheFactor() {
		Twice question = new Twice("chat: a question", new Call(Duration.ofNanos(1_204_500_000), false),
				new Call(Duration.ofNanos(450_000), true));
		assertThat(TwiceTable.of(List.of(question)).lines().map(String::stripTrailing)).containsExactly(
				"  question                            first call       second call       factor",
				"  -----------------------------------------------------------------------------",
				"  chat: a question             1,204.50 ms  miss     0.45 ms  hit       2,677 x");
	}

}
