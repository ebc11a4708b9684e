package io.modelcache.embedding;

import java.lang.reflect.Proxy;
import java.util.List;

import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What makes two vectors of one text different, and what does not.
 */
class EmbeddingKeyTests extends EmbeddingFixture {

	@Test
	void optionsThatAskForWhatTheModelDoesAnywayAreTheSame() {
		this.caching.embed("a");
		ask(null);
		ask(EmbeddingOptions.builder().build());
		ask(EmbeddingOptions.builder().model("test").build());
		assertThat(this.model.requests()).hasSize(1);
	}

	@Test
	void everyOptionThatChangesAVectorIsInTheKey() {
		ask(null);
		ask(EmbeddingOptions.builder().model("large").build());
		ask(EmbeddingOptions.builder().dimensions(256).build());
		ask(EmbeddingOptions.builder().dimensions(512).build());
		ask(new TaskOptions("query", "float"));
		ask(new TaskOptions("document", "float"));
		ask(new TaskOptions("document", "base64"));
		assertThat(this.model.requests()).hasSize(7);
		ask(new TaskOptions("document", "base64"));
		ask(EmbeddingOptions.builder().dimensions(256).build());
		assertThat(this.model.requests()).hasSize(7);
	}

	@Test
	void theDefaultsOfTheModelAreInTheKeyToo() {
		for (EmbeddingOptions defaults : List.of(new TaskOptions("query", "float"),
				new TaskOptions("document", "float"), new TaskOptions("query", "float"))) {
			caching(new CountingEmbeddingModel(defaults)).build().embed("a");
		}
		assertThat(this.listener.events()).containsExactly("store", "miss", "store", "miss", "hit");
	}

	@Test
	void aQueryIsADocumentUnlessTheOptionsDiffer() {
		this.caching.embed("a");
		this.caching.embed(List.of("a"));
		assertThat(this.model.requests()).hasSize(1);
		ask(new TaskOptions("document", "float"));
		assertThat(this.model.requests()).hasSize(2);
	}

	@Test
	void anotherNamespaceStartsAfresh() {
		this.caching.embed("a");
		caching(this.model).namespace("2").build().embed("a");
		assertThat(this.model.requests()).hasSize(2);
	}

	@Test
	void optionsThatCannotBeRepresentedLeaveTheCacheAside() {
		TaskOptions strange = new TaskOptions("query", "float");
		strange.callback = () -> {
		};
		ask(strange);
		ask(strange);
		assertThat(this.model.requests()).hasSize(2);
		assertThat(this.listener.events()).containsOnly("bypass:unrepresentable:options.callback");
	}

	@Test
	void aModelThatHasNoOptionsIsToldApartByItsModes() {
		for (MetadataMode mode : List.of(MetadataMode.ALL, MetadataMode.NONE, MetadataMode.ALL)) {
			caching(new Titan(mode)).modelId("titan").build().embed("a");
		}
		assertThat(this.listener.events()).containsExactly("store", "miss", "store", "miss", "hit");
	}

	@Test
	void aProxyHasTheSameKeysAfterARestart() {
		for (int restart = 0; restart < 2; restart++) {
			EmbeddingModel proxy = (EmbeddingModel) Proxy.newProxyInstance(getClass().getClassLoader(),
					(restart == 0) ? new Class<?>[] { EmbeddingModel.class }
							: new Class<?>[] { EmbeddingModel.class, Runnable.class },
					(self, method, arguments) -> method.invoke(this.model, arguments));
			caching(proxy).modelId("proxied").build().embed("a");
		}
		assertThat(this.listener.events()).containsExactly("store", "miss", "hit");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " " })
	void aModelIdThatIsBlankIsNone(String modelId) {
		caching(new CountingEmbeddingModel((String) null)).modelId(modelId).build().embed("a");
		assertThat(this.listener.events()).containsExactly("bypass:unknown-model");
	}

	@Test
	void optionsThatThrowTellNoName() {
		EmbeddingOptions throwing = new TaskOptions("query", "float") {

			@Override
			public String getModel() {
				throw new UnsupportedOperationException();
			}

		};
		caching(new CountingEmbeddingModel(throwing)).build().embed("a");
		assertThat(this.listener.events()).containsExactly("bypass:unknown-model");
	}

	private void ask(EmbeddingOptions options) {
		this.caching.call(new EmbeddingRequest(List.of("a"), options));
	}

	/**
	 * Options as those of Google, OpenAI or Cohere.
	 */
	static class TaskOptions implements EmbeddingOptions {

		private final String taskType;

		private final String encodingFormat;

		private Runnable callback;

		TaskOptions(String taskType, String encodingFormat) {
			this.taskType = taskType;
			this.encodingFormat = encodingFormat;
		}

		public String getTaskType() {
			return this.taskType;
		}

		public String getEncodingFormat() {
			return this.encodingFormat;
		}

		public Runnable getCallback() {
			return this.callback;
		}

		@Override
		public String getModel() {
			return "test";
		}

		@Override
		public Integer getDimensions() {
			return null;
		}

	}

	/**
	 * A model without options, as that of Amazon's Titan.
	 */
	private static final class Titan extends CountingEmbeddingModel {

		@SuppressWarnings("unused") // by reflection
		private final MetadataMode inputType;

		Titan(MetadataMode inputType) {
			super((EmbeddingOptions) null);
			this.inputType = inputType;
		}

	}

}
