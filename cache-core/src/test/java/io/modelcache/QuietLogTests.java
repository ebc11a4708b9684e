package io.modelcache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QuietLog}.
 */
class QuietLogTests {

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

	private final QuietLog log = new QuietLog(this.nanos::get);

	private final List<Long> lines = new ArrayList<>();

	@Test
	void theFirstFailureIsSaidAtOnceAndTheOthersAreCounted() {
		for (int i = 0; i < 1000; i++) {
			this.log.say(this.lines::add);
		}
		assertThat(this.lines).containsExactly(0L);
	}

	@Test
	void aMinuteLaterTheNextOneSaysHowManyThereWere() {
		this.log.say(this.lines::add);
		this.log.say(this.lines::add);
		this.nanos.addAndGet(Duration.ofSeconds(59).toNanos());
		this.log.say(this.lines::add);
		this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
		this.log.say(this.lines::add);
		assertThat(this.lines).containsExactly(0L, 3L);
	}

}
