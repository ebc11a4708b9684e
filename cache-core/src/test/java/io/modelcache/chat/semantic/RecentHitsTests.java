package io.modelcache.chat.semantic;

import io.modelcache.key.Fingerprint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecentHits}.
 */
class RecentHitsTests {

	private static final Fingerprint ANSWER = new Fingerprint(1, 2, 3, 4);

	private final RecentHits hits = new RecentHits();

	@Test
	void thousandsOfVectorsAreNotKept() {
		this.hits.add(hit(1));
		RecentHits.Hit found = this.hits.get(hit(1).wordingKey().id());
		assertThat(found).isNotNull();
		assertThat(found.wording()).isEqualTo(new KnownWording(ANSWER, ANSWER, 7, 0.9, null));
	}

	@Test
	void theOldestOfTenThousandGoes() {
		for (int i = 0; i <= 10_000; i++) {
			this.hits.add(hit(i));
		}
		assertThat(this.hits.get(hit(0).wordingKey().id())).isNull();
		assertThat(this.hits.get(hit(1).wordingKey().id())).isNotNull();
	}

	private static RecentHits.Hit hit(long number) {
		return new RecentHits.Hit(new Fingerprint(number << 16, 0, 0, 0),
				new KnownWording(ANSWER, ANSWER, 7, 0.9, new float[1536]), ANSWER);
	}

}
