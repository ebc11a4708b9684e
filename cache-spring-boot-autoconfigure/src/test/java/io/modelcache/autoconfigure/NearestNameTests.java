package io.modelcache.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which name somebody may have meant.
 */
class NearestNameTests {

	private static final List<String> NAMES = List.of("openAiChatModel", "openAiEmbeddingModel", "judge", "jury");

	@ParameterizedTest
	@CsvSource({ "openAIChatModel, openAiChatModel", "openAiChat, openAiChatModel",
			"openaiembedding, openAiEmbeddingModel", "juge, judge", "jugde, judge", "jurry, jury", "JUDGES, judge" })
	void theNameWithTheFewestDifferencesIsNearest(String written, String meant) {
		assertThat(NearestName.of(written, NAMES)).isEqualTo(meant);
	}

	@Test
	void aNameThatIsLikeNoOtherHasNoNearest() {
		assertThat(NearestName.of("anthropicChatModelOfTheOtherTeam", NAMES)).isNull();
		assertThat(NearestName.of("x", NAMES)).isNull();
	}

	@Test
	void withoutNamesThereIsNoNearest() {
		assertThat(NearestName.of("judge", List.of())).isNull();
	}

	@Test
	void ofTwoThatAreEquallyNearTheFirstInTheAlphabetIsMeant() {
		assertThat(NearestName.of("model", List.of("modelb", "modela"))).isEqualTo("modela");
	}

}
