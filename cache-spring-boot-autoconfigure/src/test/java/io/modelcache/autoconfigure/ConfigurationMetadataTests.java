package io.modelcache.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what an IDE knows of the properties.
 */
class ConfigurationMetadataTests {

	private final Metadata metadata = read();

	@Test
	void everyPropertyHasADescription() {
		assertThat(this.metadata.properties()).isNotEmpty()
			.allSatisfy((property) -> assertThat((String) property.get("description")).as("%s", property.get("name"))
				.isNotBlank()
				.endsWith(".")
				.matches("\\p{Lu}.*"));
	}

	@Test
	void whatIsOneOfAFewValuesHasHints() {
		Set<String> hinted = new TreeSet<>();
		this.metadata.hints().forEach((hint) -> hinted.add((String) hint.get("name")));
		assertThat(hinted).contains("modelcache.provider", "modelcache.chat.provider", "modelcache.embedding.provider",
				"modelcache.ttl", "modelcache.chat.ttl", "modelcache.embedding.ttl", "modelcache.concrete-injection",
				"modelcache.scope", "modelcache.chat.non-deterministic", "modelcache.single-flight.max-wait",
				"modelcache.jdbc.migration", "modelcache.jdbc.url", "modelcache.jdbc.data-source");
		assertThat(this.metadata.hints()).filteredOn((hint) -> !hint.containsKey("providers"))
			.allSatisfy((hint) -> assertThat(values(hint)).isNotEmpty()
				.allSatisfy((value) -> assertThat((String) value.get("description")).isNotBlank()));
	}

	@Test
	void everyHintIsAboutAPropertyThatExists() {
		assertThat(this.metadata.hints()).extracting((hint) -> hint.get("name"))
			.allMatch(this.metadata.names()::contains);
	}

	@Test
	void whatUsersTypeIsThere() {
		assertThat(this.metadata.names()).contains("modelcache.enabled", "modelcache.provider", "modelcache.ttl",
				"modelcache.namespace", "modelcache.max-entry-size", "modelcache.stale-retention", "modelcache.scope",
				"modelcache.key-secret", "modelcache.concrete-injection", "modelcache.strict",
				"modelcache.chat.enabled", "modelcache.chat.provider", "modelcache.chat.ttl",
				"modelcache.chat.tool-calls", "modelcache.chat.non-deterministic", "modelcache.embedding.enabled",
				"modelcache.embedding.provider", "modelcache.embedding.ttl", "modelcache.embedding.queries",
				"modelcache.embedding.batch-size", "modelcache.single-flight.enabled",
				"modelcache.single-flight.max-wait", "modelcache.caffeine.maximum-weight", "modelcache.jdbc.url",
				"modelcache.jdbc.username", "modelcache.jdbc.password", "modelcache.jdbc.data-source",
				"modelcache.jdbc.schema", "modelcache.jdbc.table-prefix", "modelcache.jdbc.migration",
				"modelcache.jdbc.fail-fast", "modelcache.jdbc.purge-interval", "modelcache.jdbc.linger",
				"modelcache.jdbc.store-prompts", "modelcache.redis.key-prefix", "modelcache.redis.connection-factory",
				"modelcache.models");
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> values(Map<String, Object> hint) {
		return (List<Map<String, Object>>) hint.get("values");
	}

	private static Metadata read() {
		try {
			return Metadata.read();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
