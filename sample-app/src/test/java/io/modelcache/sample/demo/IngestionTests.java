package io.modelcache.sample.demo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.modelcache.sample.SampleTest;
import io.modelcache.sample.provider.StandInProvider;
import org.junit.jupiter.api.Test;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.TokenCountBatchingStrategy;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ingestion of the demonstration, by the real OpenAI client over HTTP, each test with
 * an empty cache.
 */
@SampleTest
@TestPropertySource(properties = "spring.application.name=ingestion")
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_EACH_TEST_METHOD)
class IngestionTests {

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private final PrintStream console = new PrintStream(this.output, true, StandardCharsets.UTF_8);

	@Autowired
	private Ingestion ingestion;

	@Autowired
	private EmbeddingModel embeddingModel;

	@Autowired
	private StandInProvider provider;

	@Test
	void theSecondTimeNoProviderIsCalled() {
		List<Ingested> ingestions = this.ingestion.ingest(this.console);
		assertThat(ingestions).extracting((ingested) -> ingested.first().calls())
			.as("one for each of 64 documents and for the number of dimensions; one for each quarter")
			.containsExactly(65L, 4L);
		assertThat(ingestions).extracting((ingested) -> ingested.second().calls()).containsExactly(0L, 0L);
	}

	@Test
	void theProgressOfEveryQuarterIsOnOneLine() {
		this.ingestion.ingest(this.console);
		assertThat(shown().lines()).hasSize(4).allMatch((line) -> line.endsWith("  25 %  50 %  75 % 100 %"));
	}

	@Test
	void aSearchFindsWhatItShould() {
		this.ingestion.play(this.console);
		assertThat(shown())
			.containsPattern(Ingestion.QUESTION.replace("?", "\\?") + "\\s+The amber pump \\(similarity");
	}

	@Test
	void aSearchForAnotherDeviceFindsAnotherSection() {
		assertThat(this.ingestion.search("When do I replace the belt of the violet turbine?"))
			.startsWith("The violet turbine");
		assertThat(this.ingestion.search("When do I replace the belt of the coral kiln?")).startsWith("The coral kiln");
	}

	@Test
	void aPartOfTheBatchIsEnoughForTheRestToBeAsked() {
		List<Document> documents = Handbook.documents();
		TokenCountBatchingStrategy strategy = new TokenCountBatchingStrategy();
		this.embeddingModel.embed(documents.subList(0, 50), null, strategy);
		long before = this.provider.calls().embeddings();
		List<float[]> vectors = this.embeddingModel.embed(documents, null, strategy);
		assertThat(this.provider.calls().embeddings() - before).as("14 documents fit into one call").isOne();
		for (int i = 0; i < documents.size(); i++) {
			assertThat(vectors.get(i)).isEqualTo(this.embeddingModel.embed(documents.get(i)));
		}
	}

	private String shown() {
		return this.output.toString(StandardCharsets.UTF_8);
	}

}
