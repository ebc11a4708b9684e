package io.modelcache.sample.provider;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Vectors out of words.
 */
class WordVectorsTests {

	@Test
	void everyVectorHasLengthOne() {
		for (String text : new String[] { "one", "several words, more or less", "?!", " ", "" }) {
			assertThat(cosine(text, text)).as(text).isCloseTo(1, within(1e-5));
		}
	}

	@Test
	void caseAndPunctuationDoNotMatter() {
		assertThat(WordVectors.of("(Hello, world!)", 64)).isEqualTo(WordVectors.of("hello world", 64));
	}

	@Test
	void textsWithWordsInCommonLieNearEachOther() {
		assertThat(cosine("the capital of France", "the capital of Spain")).isGreaterThan(0.6);
		assertThat(cosine("the capital of France", "how do magnets work")).isLessThan(0.2);
	}

	private double cosine(String one, String other) {
		float[] left = WordVectors.of(one, 1536);
		float[] right = WordVectors.of(other, 1536);
		double sum = 0;
		for (int i = 0; i < left.length; i++) {
			sum += left[i] * right[i];
		}
		return sum;
	}

}
