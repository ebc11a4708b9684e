package io.modelcache.sample.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.modelcache.sample.provider.StandInProvider;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.TokenCountBatchingStrategy;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.SimpleVectorStore;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Ingests a handbook in the two ways in which vector stores do it, document by document
 * and in batches, each twice, and asks it a question.
 */
@Component
class Ingestion {

	static final String QUESTION = "How often do I clean the filter of the amber pump?";

	private static final int PARTS = 4;

	private final EmbeddingModel embeddingModel;

	private final LongSupplier calls;

	Ingestion(EmbeddingModel embeddingModel, ObjectProvider<StandInProvider> standIn) {
		this.embeddingModel = embeddingModel;
		StandInProvider provider = standIn.getIfAvailable();
		this.calls = (provider != null) ? () -> provider.calls().embeddings() : () -> -1;
	}

	/**
	 * Ingest and search.
	 * @param console where to show progress and results
	 */
	void play(PrintStream console) {
		console.printf(Locale.ROOT,
				"%n  Ingestion of a text of %,d bytes, generated for this purpose, in %d documents%n",
				Handbook.length(), Handbook.documents().size());
		List<Ingested> ingestions = ingest(console);
		console.printf("%n%s", IngestedTable.of(ingestions));
		console.printf("%n  %s%n  %s%n", QUESTION, search(QUESTION));
	}

	List<Ingested> ingest(PrintStream console) {
		return List.of(twice("SimpleVectorStore.add", () -> vectorStore()::add, console),
				twice("embed(List<Document>…)", this::batches, console));
	}

	/**
	 * Ingest into a new vector store, as after a restart, and ask it.
	 * @param question the question
	 * @return the title of what it finds, and how similar that is
	 */
	String search(String question) {
		VectorStore store = vectorStore();
		store.add(Handbook.documents());
		Document found = store.similaritySearch(SearchRequest.builder().query(question).topK(1).build()).get(0);
		return String.format(Locale.ROOT, "%s (similarity %.2f)", found.getMetadata().get("title"), found.getScore());
	}

	private Ingested twice(String way, Target target, PrintStream console) {
		return new Ingested(way, once(way + ", first time", target, console),
				once(way + ", second time", target, console));
	}

	private Ingested.Time once(String name, Target target, PrintStream console) {
		List<Document> documents = Handbook.documents();
		Consumer<List<Document>> ingestion = target.open();
		console.printf("  %-36s", name + ":");
		Ingested.Time time = Ingested.Time.of(() -> inParts(documents, ingestion, console), this.calls);
		console.println();
		return time;
	}

	/**
	 * The progress stays on one line, which can be read while it grows and in a file.
	 */
	private static void inParts(List<Document> documents, Consumer<List<Document>> ingestion, PrintStream console) {
		for (int part = 0; part < PARTS; part++) {
			int end = documents.size() * (part + 1) / PARTS;
			ingestion.accept(documents.subList(documents.size() * part / PARTS, end));
			console.printf(" %3d %%", 100 * end / documents.size());
			console.flush();
		}
	}

	/**
	 * Adds one document after the other by {@code embed(Document)}.
	 */
	private SimpleVectorStore vectorStore() {
		return SimpleVectorStore.builder(this.embeddingModel).build();
	}

	/**
	 * Most vector stores do this when documents are added.
	 */
	private Consumer<List<Document>> batches() {
		BatchingStrategy strategy = new TokenCountBatchingStrategy();
		EmbeddingOptions options = EmbeddingOptions.builder().build();
		return (documents) -> this.embeddingModel.embed(documents, options, strategy);
	}

	/**
	 * Where documents go, made anew for each time.
	 */
	@FunctionalInterface
	private interface Target {

		Consumer<List<Document>> open();

	}

}
