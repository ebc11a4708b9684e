package io.modelcache.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import io.modelcache.CacheControl;
import io.modelcache.CacheStatus;
import io.modelcache.embedding.CachingEmbeddingModel;
import io.modelcache.sample.provider.StandInProvider;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.transformer.splitter.TokenTextSplitter;
import org.springframework.ai.vectorstore.SimpleVectorStore;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docs/embeddings.md} says, snippet by snippet, with a cache that no other
 * test uses.
 */
@SampleTest
@TestPropertySource(properties = "spring.application.name=embeddings-guide")
class EmbeddingsGuideTests {

	private static final Path GUIDE = Path.of("..", "docs", "embeddings.md");

	private static final Path CODE = Path.of("src", "test", "java", "io", "modelcache", "sample",
			"EmbeddingsGuideTests.java");

	private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	@Autowired
	private EmbeddingModel embeddingModel;

	@Autowired
	private StandInProvider provider;

	private long before;

	@BeforeEach
	void count() {
		this.before = this.provider.calls().embeddings();
	}

	@Test
	void everySnippetIsCode() throws IOException {
		String code = onOneLine(Files.readString(CODE));
		List<String> snippets = SNIPPET.matcher(Files.readString(GUIDE))
			.results()
			.map((match) -> onOneLine(match.group(1)))
			.toList();
		assertThat(snippets).hasSize(5).allSatisfy((snippet) -> assertThat(code).contains(snippet));
	}

	@Test
	void aVectorStore() {
		addToANewStore(this.embeddingModel, List.of(new Document("The sky"), new Document("The sea")));
		long first = calls();
		addToANewStore(this.embeddingModel, List.of(new Document("The sea"), new Document("The sky")));
		assertThat(calls()).isEqualTo(first);
		addToANewStore(this.embeddingModel, List.of(new Document("The sea"), new Document("The land")));
		assertThat(calls()).isEqualTo(first + 1);
	}

	private static void addToANewStore(EmbeddingModel embeddingModel, List<Document> documents) {
		VectorStore vectorStore = SimpleVectorStore.builder(embeddingModel).build();
		vectorStore.add(documents);
	}

	@Test
	void theStatusOfABatch(@Autowired EmbeddingModel embeddingModel) {
		embeddingModel.embed("known");
		EmbeddingResponse response = embeddingModel.embedForResponse(List.of("new", "known", "new", "newer"));
		CacheStatus status = CacheStatus.of(response);
		int known = status.hits();
		int asked = status.misses();
		assertThat(known).isEqualTo(1);
		assertThat(asked).isEqualTo(3);
		assertThat(response.getMetadata().getUsage().getTotalTokens()).as("of two words").isEqualTo(2);
		assertThat(calls()).isEqualTo(2);
	}

	@Test
	void aSplitterThatKnowsTheSource(@Autowired EmbeddingModel embeddingModel) {
		String text = "A sentence that is repeated. ".repeat(500);
		for (int time = 0; time < 2; time++) {
			Document source = Document.builder().id("handbook.md").text(text).build();
			List<Document> pieces = TokenTextSplitter.builder().build().split(source);
			assertThat(pieces).hasSizeGreaterThan(2);
			pieces.forEach(embeddingModel::embed);
			assertThat(calls()).as("not even the second time").isEqualTo(pieces.size());
		}
		TokenTextSplitter.builder().build().split(new Document(text)).forEach(embeddingModel::embed);
		assertThat(calls()).as("a random id").isGreaterThan(5);
	}

	@Test
	void aDirective(@Autowired EmbeddingModel embeddingModel) {
		String question = "What is fresh?";
		embeddingModel.embed(question);
		float[] fresh = CacheControl.noCache().call(() -> embeddingModel.embed(question));
		assertThat(fresh).isEqualTo(embeddingModel.embed(question));
		assertThat(calls()).isEqualTo(2);
	}

	@Test
	void withoutSpringBoot() {
		CountingEmbeddingModel model = new CountingEmbeddingModel((String) null);
		EmbeddingModel cached = CachingEmbeddingModel.builder(model)
			.store(CaffeineCacheStore.ofMaximumWeight(256_000_000))
			.modelId("bge-small-en-v1.5")
			.batchSize(100)
			.build();
		cached.embed("text");
		assertThat(cached.embed("text")).isEqualTo(model.vector("text"));
		assertThat(model.requests()).hasSize(1);
	}

	private long calls() {
		return this.provider.calls().embeddings() - this.before;
	}

	private static String onOneLine(String code) {
		return code.replaceAll("\\s+", " ").strip();
	}

}
