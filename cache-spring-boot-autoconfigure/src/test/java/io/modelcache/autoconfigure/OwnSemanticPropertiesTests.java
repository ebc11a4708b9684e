package io.modelcache.autoconfigure;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OwnSemanticProperties}.
 */
class OwnSemanticPropertiesTests {

	@Test
	void nothingOfItsOwnIsWhatIsForAll() {
		assertThat(merged(Map.of(), Map.of("threshold", "0.8", "max-input", "7", "embedding-model", "e"))).isEqualTo(
				bind(Map.of("threshold", "0.8", "max-input", "7", "embedding-model", "e"), SemanticProperties.class));
	}

	@Test
	void eachOfItsOwnCountsMore() {
		SemanticProperties merged = merged(
				Map.of("threshold", "0.7", "disabled-guards", "case", "languages", "en,de", "max-input", "5",
						"max-turns", "6", "max-error-rate", "0.2", "shadow-rate", "0.3"),
				Map.of("threshold", "0.8", "disabled-guards", "number", "max-input", "7", "max-turns", "8",
						"max-error-rate", "0.4", "shadow-rate", "0.5"));
		assertThat(merged.threshold()).isEqualTo(0.7);
		assertThat(merged.disabledGuards()).isEqualTo(Set.of("case"));
		assertThat(merged.languages()).isEqualTo(Set.of("en", "de"));
		assertThat(merged.maxInput()).isEqualTo(5);
		assertThat(merged.maxTurns()).isEqualTo(6);
		assertThat(merged.maxErrorRate()).isEqualTo(0.2);
		assertThat(merged.shadowRate()).isEqualTo(0.3);
	}

	@Test
	void eitherPropertyOfTheDecisionCountsMoreThanBothForAll() {
		Map<String, String> threshold = Map.of("decision", "threshold");
		assertThat(merged(Map.of("guards", "true"), threshold).guarded()).isTrue();
		assertThat(merged(Map.of("decision", "guarded"), threshold).guarded()).isTrue();
		assertThat(merged(Map.of("decision", "guarded"), Map.of("guards", "false")).guarded()).isTrue();
		assertThat(merged(Map.of("guards", "false"), Map.of()).guarded()).isFalse();
		assertThat(merged(Map.of("decision", "threshold"), Map.of()).guarded()).isFalse();
		assertThat(merged(Map.of("decision", "threshold", "guards", "true"), Map.of()).guarded()).isFalse();
		assertThat(merged(Map.of(), threshold).guarded()).isFalse();
	}

	@Test
	void aThresholdForAllIsNotOneForAnotherEmbeddingModelOrDecision() {
		Map<String, String> all = Map.of("threshold", "0.8", "embedding-model", "e");
		assertThat(merged(Map.of("max-turns", "2"), all).threshold()).isEqualTo(0.8);
		assertThat(merged(Map.of("embedding-model", "e"), all).threshold()).isEqualTo(0.8);
		assertThat(merged(Map.of("embedding-model", "f"), all).threshold()).isNull();
		assertThat(merged(Map.of("decision", "threshold"), all).threshold()).isNull();
		assertThat(merged(Map.of("embedding-model", "f", "threshold", "0.9"), all).threshold()).isEqualTo(0.9);
	}

	private static SemanticProperties merged(Map<String, String> own, Map<String, String> all) {
		return bind(own, OwnSemanticProperties.class).over(bind(all, SemanticProperties.class));
	}

	private static <T> T bind(Map<String, String> properties, Class<T> type) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		properties.forEach((name, value) -> source.put("a." + name, value));
		return new Binder(source).bindOrCreate("a", type);
	}

}
