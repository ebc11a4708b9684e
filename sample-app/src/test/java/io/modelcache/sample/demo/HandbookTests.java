package io.modelcache.sample.demo;

import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.ai.document.Document;
import org.springframework.ai.document.MetadataMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The text that is ingested.
 */
class HandbookTests {

	@Test
	void itIsLongerThanAHundredKilobytes() {
		assertThat(Handbook.length()).isBetween(100_000, 120_000);
	}

	@Test
	void everyDocumentIsAnotherOne() {
		assertThat(embedded(Handbook.documents())).hasSize(64).doesNotHaveDuplicates();
	}

	@Test
	void whatIsEmbeddedIsTheSameEveryTime() {
		assertThat(embedded(Handbook.documents())).containsExactlyElementsOf(embedded(Handbook.documents()));
		assertThat(Handbook.sections().get(0).getText()).startsWith("This section is about the amber pump. Every ");
	}

	private static List<String> embedded(List<Document> documents) {
		return documents.stream().map((document) -> document.getFormattedContent(MetadataMode.EMBED)).toList();
	}

}
