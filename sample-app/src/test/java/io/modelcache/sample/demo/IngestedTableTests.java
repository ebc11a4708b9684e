package io.modelcache.sample.demo;

import java.time.Duration;
import java.util.List;

import io.modelcache.sample.demo.Ingested.Time;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The third table on the console.
 */
class IngestedTableTests {

	@Test
	void showsBothTimesTheCallsAndTheFactor() {
		List<Ingested> ingestions = List.of(
				new Ingested("SimpleVectorStore.add", new Time(Duration.ofNanos(4_104_500_000L), 64),
						new Time(Duration.ofNanos(10_000_000), 0)),
				new Ingested("embed(List<Document>…)", new Time(Duration.ofMillis(400), -1),
						new Time(Duration.ofMillis(2), -1)));
		assertThat(IngestedTable.of(ingestions).lines()).containsExactly(
				"  ingestion                         first time            second time    factor",
				"  -----------------------------------------------------------------------------",
				"  SimpleVectorStore.add  4,104.50 ms  64 calls     10.00 ms   0 calls     410 x",
				"  embed(List<Document>…)   400.00 ms  ?? calls      2.00 ms  ?? calls     200 x");
	}

}
