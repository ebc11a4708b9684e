package io.modelcache.embedding;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.AbstractEmbeddingModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KnownDimensions}.
 */
class KnownDimensionsTests extends EmbeddingFixture {

	@Test
	void theyCostOneCallAtMost() {
		assertThat(this.caching.dimensions()).isEqualTo(3);
		assertThat(this.caching.dimensions()).isEqualTo(3);
		assertThat(this.model.requests()).containsExactly(List.of("Test String"));
	}

	@Test
	void theyCostNothingOnceAVectorWasSeen() {
		this.caching.embed("a");
		assertThat(this.caching.dimensions()).isEqualTo(3);
		assertThat(this.model.requests()).containsExactly(List.of("a"));
	}

	/**
	 * A vector store asks for them each time it adds or searches.
	 */
	@ParameterizedTest
	@EnumSource(names = { "PLAIN", "OPENAI", "PREFIXES" })
	void theyCostNothingOnceADocumentWasSeen(ProviderHabit habit) {
		List<Consumer<EmbeddingModel>> ways = List.of((model) -> model.embed(new Document("a")),
				(model) -> model.embed(List.of(new Document("a")), null, (documents) -> List.of(documents)),
				(model) -> model.embed("a"), (model) -> model.embed(List.of("a")),
				(model) -> model.embedForResponse(List.of("a")));
		for (Consumer<EmbeddingModel> way : ways) {
			CountingEmbeddingModel counting = habit.model();
			EmbeddingModel model = caching(counting).namespace("" + ways.indexOf(way)).build();
			way.accept(model);
			assertThat(model.dimensions()).isEqualTo(3);
			assertThat(counting.requests()).hasSize(1);
		}
	}

	@Test
	void theyCostNothingAfterARestart() {
		this.caching.dimensions();
		caching(this.model).build().dimensions();
		assertThat(this.model.requests()).hasSize(1);
	}

	@Test
	void aVectorOfOtherOptionsDoesNotTell() {
		this.caching.call(new EmbeddingRequest(List.of("a"), EmbeddingOptions.builder().dimensions(256).build()));
		this.caching.dimensions();
		assertThat(this.model.requests()).containsExactly(List.of("a"), List.of("Test String"));
	}

	@Test
	void theModelsOfSpringAiAreAskedByTheTextThatTheyUseThemselves() {
		CountingEmbeddingModel counting = new CountingEmbeddingModel();
		EmbeddingModel model = new AbstractEmbeddingModel() {

			@Override
			public EmbeddingResponse call(EmbeddingRequest request) {
				return counting.call(request);
			}

			@Override
			public float[] embed(Document document) {
				return counting.embed(document);
			}

			@SuppressWarnings("unused") // by reflection
			public EmbeddingOptions getOptions() {
				return counting.getOptions();
			}

		};
		assertThat(caching(model).build().dimensions()).isEqualTo(3);
		assertThat(counting.requests()).containsExactly(List.of("Hello World"));
	}

	@Test
	void aModelThatKnowsThemIsBelieved() {
		CountingEmbeddingModel model = new CountingEmbeddingModel() {

			@Override
			public int dimensions() {
				return 1536;
			}

		};
		CachingEmbeddingModel caching = caching(model).build();
		caching.embed("a");
		assertThat(caching.dimensions()).isEqualTo(1536);
		assertThat(model.requests()).hasSize(1);
	}

	@Test
	void aModelThatIsNotCachedIsAskedAsWithoutTheCache() {
		CountingEmbeddingModel nameless = new CountingEmbeddingModel((String) null);
		CachingEmbeddingModel caching = caching(nameless).build();
		assertThat(caching.dimensions()).isEqualTo(3);
		assertThat(caching.dimensions()).isEqualTo(3);
		assertThat(nameless.requests()).hasSize(2);
	}

	@Test
	void theyCostNothingOnceADocumentWasSeenAlsoWhereQueriesAreNotCached() {
		CachingEmbeddingModel caching = caching(this.model).queries(false).build();
		caching.embed(new Document("a"));
		assertThat(caching.dimensions()).isEqualTo(3);
		assertThat(this.model.requests()).containsExactly(List.of("a"));
	}

	@Test
	void theyCostOneCallAlsoWhereQueriesAreNotCachedAndNothingIsStored() {
		CachingEmbeddingModel caching = caching(this.model).queries(false).build();
		assertThat(caching.dimensions()).isEqualTo(3);
		assertThat(caching.dimensions()).isEqualTo(3);
		assertThat(this.model.requests()).containsExactly(List.of("Test String"));
		assertThat(this.store.stats().entries()).isZero();
	}

	@Test
	void aModelThatKnowsThemIsAskedAlsoWhereQueriesAreNotCached() {
		CountingEmbeddingModel model = new CountingEmbeddingModel() {

			@Override
			public int dimensions() {
				return 1536;
			}

		};
		CachingEmbeddingModel caching = caching(model).queries(false).build();
		caching.embed(new Document("a"));
		assertThat(caching.dimensions()).isEqualTo(1536);
	}

	@Test
	void theyAreThoseOfTheModelThatAnswersNow() {
		Growing model = new Growing();
		CachingEmbeddingModel caching = caching(model).build();
		caching.embed("a");
		assertThat(caching.dimensions()).isEqualTo(3);
		model.dimensions = 5;
		caching.embed("b");
		assertThat(caching.dimensions()).isEqualTo(5);
		caching.embed("a");
		assertThat(caching.dimensions()).isEqualTo(5);
	}

	@Test
	void aTextWithoutAVectorDoesNotTell() {
		CountingEmbeddingModel google = ProviderHabit.GOOGLE.model();
		CachingEmbeddingModel caching = caching(google).build();
		caching.embed(List.of(" ", "a"));
		assertThat(caching.dimensions()).isEqualTo(3);
		assertThat(google.requests()).hasSize(1);
	}

	/**
	 * A model behind a name that moves.
	 */
	private static final class Growing extends CountingEmbeddingModel {

		private int dimensions = 3;

		@Override
		public float[] vector(String text) {
			return Arrays.copyOf(super.vector(text), this.dimensions);
		}

	}

}
