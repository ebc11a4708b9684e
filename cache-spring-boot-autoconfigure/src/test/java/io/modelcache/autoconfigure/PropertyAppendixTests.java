package io.modelcache.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/properties.md} says what the metadata says, or writes it anew
 * with {@code -Dmodelcache.docs.write=true}.
 */
class PropertyAppendixTests {

	private static final Path PAGE = Path.of("..", "docs", "properties.md");

	@Test
	void thePageSaysWhatTheMetadataSays() throws IOException {
		String rendered = new PropertyAppendix(Metadata.read()).render();
		if (Boolean.getBoolean("modelcache.docs.write")) {
			Files.writeString(PAGE, rendered);
		}
		assertThat(Files.readString(PAGE)).as("docs/properties.md; write it anew with -Dmodelcache.docs.write=true")
			.isEqualTo(rendered);
	}

	@Test
	void whatCanBeSetForOneBeanIsListed() {
		assertThat(PropertyAppendix.ownOfModel()).contains("model-id", "provider", "single-flight.max-wait")
			.doesNotContain("single-flight");
	}

}
