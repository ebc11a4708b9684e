package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.modelcache.CacheStatus;
import io.modelcache.store.ScanPage;
import io.modelcache.store.Selector;
import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.Test;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is asked of a batch, in which parts, and what is stored of it.
 */
class BatchTests extends EmbeddingFixture {

	private static final int DIMENSIONS = 1536;

	@Test
	void ofAThousandTextsOneCallAsksForTheDistinctMissingOnes() {
		List<String> texts = IntStream.range(0, 1000).mapToObj((number) -> number + "x".repeat(996)).toList();
		List<String> known = texts.stream().filter((text) -> text.hashCode() % 10 != 0).toList();
		CountingEmbeddingModel model = new Long1536();
		CachingEmbeddingModel caching = caching(model).build();
		caching.embed(known);
		model.requests().clear();
		List<String> shuffled = new ArrayList<>(texts);
		shuffled.addAll(texts.subList(0, 100));
		Collections.shuffle(shuffled, new Random(42));
		List<float[]> vectors = caching.embed(shuffled);
		List<String> missing = new ArrayList<>(new LinkedHashSet<>(shuffled));
		missing.removeAll(known);
		assertThat(missing).hasSizeBetween(50, 150);
		assertThat(model.requests()).containsExactly(missing);
		for (int i = 0; i < shuffled.size(); i++) {
			assertThat(vectors.get(i)).isEqualTo(model.vector(shuffled.get(i)));
		}
	}

	@Test
	void aStoredVectorTakesAtMostAHundredBytesMoreThanItsComponents() {
		caching(new Long1536()).build().embed("a");
		ScanPage page = this.store.scan(Selector.all(), null, 10);
		assertThat(page.entries()).singleElement()
			.satisfies((entry) -> assertThat(entry.payload().length - 4 * DIMENSIONS).isBetween(1, 100));
	}

	@Test
	void afterAFailureInTheThirdSliceTheFirstTwoAreHits() {
		CountingEmbeddingModel model = new CountingEmbeddingModel() {

			@Override
			public EmbeddingResponse call(EmbeddingRequest request) {
				if (requests().size() == 2) {
					throw new IllegalStateException("no money");
				}
				return super.call(request);
			}

		};
		CachingEmbeddingModel caching = caching(model).batchSize(2).build();
		List<String> texts = List.of("a", "b", "c", "d", "e", "f");
		assertThatIllegalStateException().isThrownBy(() -> caching.embed(texts)).withMessage("no money");
		assertThat(model.requests()).containsExactly(List.of("a", "b"), List.of("c", "d"));
		EmbeddingResponse hits = caching.embedForResponse(List.of("a", "b", "c", "d"));
		assertThat(CacheStatus.of(hits).hit()).isTrue();
		assertThat(CacheStatus.of(hits).hits()).isEqualTo(4);
		model.requests().clear();
		assertThat(caching.embed(texts)).containsExactly(vectors("a", "b", "c", "d", "e", "f"));
		assertThat(model.requests()).containsExactly(List.of("e", "f"));
	}

	@Test
	void aResponseWhoseNumbersAreInAnotherOrderIsNotStored() {
		CountingEmbeddingModel model = new CountingEmbeddingModel() {

			@Override
			public EmbeddingResponse call(EmbeddingRequest request) {
				List<Embedding> reversed = new ArrayList<>(super.call(request).getResults());
				Collections.reverse(reversed);
				return new EmbeddingResponse(reversed);
			}

		};
		CachingEmbeddingModel caching = caching(model).build();
		assertThat(caching.embed(List.of("a", "b"))).as("what the model says").containsExactly(vectors("b", "a"));
		assertThat(this.store.stats().entries()).isZero();
		assertThat(model.requests()).hasSize(1);
	}

	@Test
	void aBlankTextIsNotAskedAlone() {
		CountingEmbeddingModel google = ProviderHabit.GOOGLE.model();
		CachingEmbeddingModel caching = caching(google).batchSize(1).build();
		caching.embed("a");
		assertThat(caching.embed(List.of(" ", "a"))).containsExactly(new float[0], google.vector("a"));
		assertThat(caching.embed(List.of("", "a", "b"))).containsExactly(new float[0], google.vector("a"),
				google.vector("b"));
		assertThat(google.requests()).containsExactly(List.of("a"), List.of(" ", "a"), List.of("", "b"));
	}

	@Test
	void aBlankTextDoesNotMakeOneCallOfAllSlices() {
		CountingEmbeddingModel google = ProviderHabit.GOOGLE.model();
		CachingEmbeddingModel caching = caching(google).batchSize(2).build();
		caching.embed(List.of("a", " ", "b", "c", "d", "e"));
		assertThat(google.requests()).containsExactly(List.of("a", " "), List.of("b", "c"), List.of("d", "e"));
	}

	@Test
	void aSliceGrowsUntilNoneIsOfBlankTextsOnly() {
		CountingEmbeddingModel google = ProviderHabit.GOOGLE.model();
		CachingEmbeddingModel caching = caching(google).batchSize(1).build();
		caching.embed(List.of("a", " ", "  ", "b", "c", "   ", "\t"));
		assertThat(google.requests()).containsExactly(List.of("a"), List.of(" ", "  ", "b"), List.of("c", "   ", "\t"));
	}

	@Test
	void theDocumentsOfAStrategyAreSlicedEachBatchByItself() {
		CountingEmbeddingModel google = ProviderHabit.GOOGLE.model();
		CachingEmbeddingModel caching = caching(google).batchSize(2).build();
		caching.embed(documents("a", "b", "c", "\t", "e", "f", "g", "h"), null, (documents) -> partition(documents, 3));
		assertThat(google.requests()).containsExactly(List.of("a", "b"), List.of("c"), List.of("\t", "e"), List.of("f"),
				List.of("g", "h"));
	}

	@Test
	void documentsThatAreMissingAreBatchedAnew() {
		BatchingStrategy inTwos = (documents) -> partition(documents, 2);
		List<Document> documents = documents("a", "b", "c", "d", "e", "f", "g", "h");
		this.caching.embed(List.of("b", "c", "e", "f", "g"));
		this.model.requests().clear();
		assertThat(this.caching.embed(documents, null, inTwos))
			.containsExactly(vectors("a", "b", "c", "d", "e", "f", "g", "h"));
		assertThat(this.model.requests()).containsExactly(List.of("a", "d"), List.of("h"));
	}

	@Test
	void aStrategyThatMakesOtherDocumentsOfThemKeepsItsBatches() {
		BatchingStrategy renaming = (documents) -> partition(
				documents.stream().map((document) -> new Document(document.getText() + "'")).toList(), 2);
		List<Document> documents = documents("a", "b", "c", "d", "e");
		assertThat(this.caching.embed(documents, null, renaming))
			.containsExactly(vectors("a'", "b'", "c'", "d'", "e'"));
		assertThat(this.model.requests()).containsExactly(List.of("a'", "b'"), List.of("c'", "d'"), List.of("e'"));
	}

	@Test
	void aStrategyThatReordersDecidesTheOrderAsWithoutTheCache() {
		BatchingStrategy reversing = (documents) -> {
			List<Document> reversed = new ArrayList<>(documents);
			Collections.reverse(reversed);
			return partition(reversed, 2);
		};
		List<Document> documents = documents("a", "b", "c");
		List<float[]> expected = this.model.embed(documents, null, reversing);
		this.caching.embed("b");
		assertThat(this.caching.embed(documents, null, reversing)).containsExactly(expected.toArray(float[][]::new));
	}

	@Test
	void aBatchOfDocumentsIsStoredBeforeTheNextIsAsked() {
		CountingEmbeddingModel model = new CountingEmbeddingModel() {

			@Override
			public EmbeddingResponse call(EmbeddingRequest request) {
				if (request.getInstructions().contains("poison")) {
					throw new IllegalStateException("poison");
				}
				return super.call(request);
			}

		};
		CachingEmbeddingModel caching = caching(model).build();
		BatchingStrategy inTwos = (documents) -> partition(documents, 2);
		assertThatIllegalStateException()
			.isThrownBy(() -> caching.embed(documents("a", "b", "c", "poison"), null, inTwos));
		model.requests().clear();
		caching.embed(List.of("a", "b"));
		assertThat(model.requests()).isEmpty();
	}

	@Test
	void aLargeBatchIsOneReadAndOneEvent() {
		this.caching.embed(documents("a", "b", "c", "d"), null, (documents) -> partition(documents, 1));
		assertThat(this.listener.events()).containsExactly("store", "store", "store", "store", "miss");
		this.caching.embed(documents("a", "b", "c", "d"), null, (documents) -> partition(documents, 1));
		assertThat(this.listener.events()).endsWith("hit").hasSize(6);
	}

	private static List<Document> documents(String... texts) {
		return List.of(texts).stream().map(Document::new).toList();
	}

	private static List<List<Document>> partition(List<Document> documents, int size) {
		List<List<Document>> parts = new ArrayList<>();
		for (int start = 0; start < documents.size(); start += size) {
			parts.add(documents.subList(start, Math.min(start + size, documents.size())));
		}
		return parts;
	}

	/**
	 * A model with vectors of a realistic length.
	 */
	private static final class Long1536 extends CountingEmbeddingModel {

		@Override
		public float[] vector(String text) {
			float[] vector = new float[DIMENSIONS];
			System.arraycopy(super.vector(text), 0, vector, 0, 3);
			return vector;
		}

	}

}
