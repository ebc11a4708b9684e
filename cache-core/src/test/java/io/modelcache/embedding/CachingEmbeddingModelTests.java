package io.modelcache.embedding;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.modelcache.CacheDecision;
import io.modelcache.CacheStatus;
import io.modelcache.CacheStatus.Forward;
import io.modelcache.store.CacheStore;
import io.modelcache.testing.BrokenStore;
import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.TokenCountBatchingStrategy;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link CachingEmbeddingModel}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CachingEmbeddingModelTests extends EmbeddingFixture {

	private static final BatchingStrategy STRATEGY = new TokenCountBatchingStrategy();

	@Test
	void aTextIsEmbeddedOnceWhateverTheWayOfAsking() {
		float[] vector = this.caching.embed("hello");
		assertThat(vector).isEqualTo(this.model.vector("hello"));
		assertThat(this.caching.embed("hello")).isEqualTo(vector);
		assertThat(this.caching.embed(List.of("hello"))).containsExactly(vector);
		assertThat(this.caching.embedForResponse(List.of("hello")).getResult().getOutput()).isEqualTo(vector);
		assertThat(this.caching.call(new EmbeddingRequest(List.of("hello"), null)).getResult().getOutput())
			.isEqualTo(vector);
		List<Document> documents = List.of(new Document("hello"));
		assertThat(this.caching.embed(documents, EmbeddingOptions.builder().build(), STRATEGY)).containsExactly(vector);
		assertThat(this.model.requests()).containsExactly(List.of("hello"));
	}

	@Test
	void ofABatchOnlyTheDistinctMissingTextsAreAskedInFirstSeenOrder() {
		this.caching.embed("b");
		EmbeddingResponse response = this.caching.embedForResponse(List.of("c", "b", "a", "c", "a", "b"));
		assertThat(this.model.requests()).containsExactly(List.of("b"), List.of("c", "a"));
		assertThat(response.getResults()).extracting(Embedding::getIndex).containsExactly(0, 1, 2, 3, 4, 5);
		assertThat(response.getResults()).extracting(Embedding::getOutput)
			.containsExactly(vectors("c", "b", "a", "c", "a", "b"));
	}

	@Test
	void theStatusOfABatchCountsHitsAndMisses() {
		this.caching.embed("b");
		EmbeddingResponse partial = this.caching.embedForResponse(List.of("a", "b", "a"));
		assertThat(CacheStatus.of(partial).forward()).isEqualTo(Forward.PARTIAL);
		assertThat(CacheStatus.of(partial).hits()).isEqualTo(1);
		assertThat(CacheStatus.of(partial).misses()).isEqualTo(2);
		assertThat(CacheStatus.of(partial).stored()).isTrue();
		EmbeddingResponse whole = this.caching.embedForResponse(List.of("a", "b"));
		assertThat(CacheStatus.of(whole).hit()).isTrue();
		assertThat(CacheStatus.of(whole).hits()).isEqualTo(2);
	}

	@Test
	void theUsageIsThatOfTheCallThatWasMade() {
		this.caching.embed("b");
		EmbeddingResponse partial = this.caching.embedForResponse(List.of("a", "b", "c"));
		assertThat(partial.getMetadata().getUsage().getTotalTokens()).isEqualTo(2);
		assertThat(partial.getMetadata().getModel()).isEqualTo("test-1");
		EmbeddingResponse whole = this.caching.embedForResponse(List.of("a", "b", "c"));
		assertThat(whole.getMetadata().getUsage().getTotalTokens()).isZero();
	}

	@Test
	void everybodyGetsArraysOfHisOwn() {
		this.caching.embed("a")[0] = -1;
		this.caching.embed("a")[0] = -1;
		List<float[]> twice = this.caching.embed(List.of("a", "a", "b"));
		twice.get(0)[0] = -1;
		assertThat(twice.get(1)).isEqualTo(this.model.vector("a"));
		twice.get(2)[0] = -1;
		assertThat(this.caching.embed(List.of("a", "b"))).containsExactly(vectors("a", "b"));
	}

	@Test
	void vectorsDoNotExpire() {
		this.caching.embed("a");
		this.clock.advance(Duration.ofDays(10_000));
		this.caching.embed("a");
		assertThat(this.model.requests()).hasSize(1);
	}

	@Test
	void vectorsExpireIfToldTo() {
		CachingEmbeddingModel expiring = caching(this.model).ttl(Duration.ofDays(1)).build();
		expiring.embed(List.of("a"));
		this.clock.advance(Duration.ofDays(1));
		expiring.embed(List.of("a"));
		assertThat(this.model.requests()).hasSize(2);
	}

	@Test
	void otherOptionsAreOtherVectors() {
		this.caching.embed("a");
		this.caching.call(new EmbeddingRequest(List.of("a"), EmbeddingOptions.builder().dimensions(256).build()));
		this.caching.call(new EmbeddingRequest(List.of("a"), EmbeddingOptions.builder().model("large").build()));
		caching(new CountingEmbeddingModel("other")).build().embed("a");
		assertThat(this.model.requests()).hasSize(3);
	}

	@Test
	void twoBeansOfOneModelShareTheirVectors() {
		this.caching.embed("a");
		caching(new CountingEmbeddingModel()).name("another bean").build().embed("a");
		assertThat(this.listener.events()).containsExactly("store", "miss", "hit");
	}

	@Test
	void aModelWithoutANameIsNotCachedAndAWarningSaysWhatToType(CapturedOutput output) {
		CountingEmbeddingModel nameless = new CountingEmbeddingModel((String) null);
		CachingEmbeddingModel caching = caching(nameless).name("bge").build();
		caching.embed("a");
		caching.embed(List.of("a"));
		assertThat(nameless.requests()).hasSize(2);
		assertThat(this.listener.events()).containsExactly("bypass:unknown-model", "bypass:unknown-model");
		assertThat(output).contains("Set modelcache.models.bge.model-id");
		assertThat(caching.getModelName()).isNull();
	}

	@Test
	void aModelWithoutANameIsCachedUnderTheConfiguredOne() {
		CountingEmbeddingModel nameless = new CountingEmbeddingModel((String) null);
		CachingEmbeddingModel caching = caching(nameless).modelId("bge-small").build();
		caching.embed("a");
		caching.embed("a");
		assertThat(nameless.requests()).hasSize(1);
		caching(nameless).modelId("bge-large").build().embed("a");
		assertThat(nameless.requests()).hasSize(2);
	}

	@Test
	void queriesMayBeLeftAlone() {
		CachingEmbeddingModel documentsOnly = caching(this.model).queries(false).build();
		documentsOnly.embed("a");
		documentsOnly.embed("a");
		documentsOnly.embed(List.of("a"));
		documentsOnly.embed(List.of("a"));
		assertThat(this.model.requests()).hasSize(3);
	}

	@Test
	void aModelThatEmbedsQueriesInItsOwnWayKeepsThemApart() {
		CountingEmbeddingModel model = new CountingEmbeddingModel() {

			@Override
			public float[] embed(String text) {
				return super.embed("query: " + text);
			}

		};
		CachingEmbeddingModel caching = caching(model).build();
		assertThat(caching.embed("a")).isEqualTo(model.vector("query: a"));
		assertThat(caching.embed(List.of("a"))).containsExactly(model.vector("a"));
		assertThat(caching.embed("a")).isEqualTo(model.vector("query: a"));
		assertThat(model.requests()).hasSize(2);
	}

	@Test
	void aModelThatEmbedsListsInItsOwnWayIsAskedThatWay() {
		CountingEmbeddingModel model = new CountingEmbeddingModel() {

			@Override
			public List<float[]> embed(List<String> texts) {
				return super.embed(texts.stream().map("list: "::concat).toList());
			}

		};
		CachingEmbeddingModel caching = caching(model).build();
		assertThat(caching.embed(List.of("a", "b", "a"))).containsExactly(model.vector("list: a"),
				model.vector("list: b"), model.vector("list: a"));
		assertThat(caching.embed(List.of("b"))).containsExactly(model.vector("list: b"));
		assertThat(model.requests()).containsExactly(List.of("list: a", "list: b"));
	}

	@Test
	void aModelThatEmbedsDocumentsInItsOwnWayIsAskedThatWay() {
		CountingEmbeddingModel model = new CountingEmbeddingModel() {

			@Override
			public float[] embed(Document document) {
				return vector(document.getMetadata() + document.getText());
			}

		};
		CachingEmbeddingModel caching = caching(model).build();
		Document one = new Document("text", Map.of("title", "one"));
		Document two = new Document("text", Map.of("title", "two"));
		assertThat(caching.embed(one)).isEqualTo(model.embed(one));
		assertThat(caching.embed(two)).isEqualTo(model.embed(two)).isNotEqualTo(model.embed(one));
		caching.embed(new Document("text", Map.of("title", "one")));
		assertThat(this.listener.events()).containsExactly("store", "miss", "store", "miss", "hit");
	}

	@Test
	void whatADocumentIsEmbeddedByIsForTheModelToSay() {
		CountingEmbeddingModel model = new CountingEmbeddingModel() {

			@Override
			public String getEmbeddingContent(Document document) {
				return document.getMetadata().get("title") + ": " + document.getText();
			}

		};
		CachingEmbeddingModel caching = caching(model).build();
		Document document = new Document("text", Map.of("title", "one", "random", new Object()));
		assertThat(caching.getEmbeddingContent(document)).isEqualTo("one: text");
		caching.embed(List.of(document), null, STRATEGY);
		assertThat(model.requests()).containsExactly(List.of("one: text"));
		caching.embed(document);
		assertThat(this.listener.events()).endsWith("bypass:unrepresentable:metadata.value");
	}

	@Test
	void aModelThatEmbedsBatchesOfDocumentsInItsOwnWayIsAskedThatWay() {
		CountingEmbeddingModel model = new CountingEmbeddingModel() {

			@Override
			public List<float[]> embed(List<Document> documents, EmbeddingOptions options, BatchingStrategy strategy) {
				return embed(documents.stream().map((document) -> "document: " + document.getText()).toList());
			}

		};
		CachingEmbeddingModel caching = caching(model).build();
		List<Document> documents = List.of(new Document("a"), new Document("b"));
		caching.embed(documents.subList(0, 1), null, STRATEGY);
		assertThat(caching.embed(documents, null, STRATEGY)).containsExactly(model.vector("document: a"),
				model.vector("document: b"));
		assertThat(model.requests()).containsExactly(List.of("document: a"), List.of("document: b"));
	}

	@Test
	void progressSurvivesAFailure() {
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
		List<String> texts = List.of("a", "b", "c", "d", "e");
		assertThatIllegalStateException().isThrownBy(() -> caching.embed(texts)).withMessage("no money");
		model.requests().clear();
		assertThat(caching.embed(texts)).containsExactly(vectors("a", "b", "c", "d", "e"));
		assertThat(model.requests()).containsExactly(List.of("e"));
	}

	@Test
	void slicesAddUpTheirUsage() {
		EmbeddingResponse response = caching(this.model).batchSize(2)
			.build()
			.embedForResponse(List.of("a", "b", "c", "d", "e"));
		assertThat(this.model.requests()).containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e"));
		assertThat(response.getMetadata().getUsage().getTotalTokens()).isEqualTo(5);
	}

	@Test
	void anAnswerThatIsTooShortIsPassedOnAndNotStored() {
		CountingEmbeddingModel model = new CountingEmbeddingModel() {

			@Override
			public EmbeddingResponse call(EmbeddingRequest request) {
				EmbeddingResponse response = super.call(request);
				return new EmbeddingResponse(response.getResults().subList(1, response.getResults().size()),
						response.getMetadata());
			}

		};
		CachingEmbeddingModel caching = caching(model).build();
		EmbeddingResponse response = caching.embedForResponse(List.of("a", "b"));
		assertThat(response.getResults()).hasSize(1);
		assertThat(CacheStatus.of(response).detail()).isEqualTo("unexpected-answer");
		assertThat(this.store.stats().entries()).isZero();
		assertThat(model.requests()).hasSize(1);
	}

	@Test
	void anEmptyVectorIsPassedOnAndOnlyTheOthersAreStored() {
		CountingEmbeddingModel model = new CountingEmbeddingModel() {

			@Override
			public float[] vector(String text) {
				return text.isBlank() ? new float[0] : super.vector(text);
			}

		};
		CachingEmbeddingModel caching = caching(model).build();
		caching.embed("a");
		EmbeddingResponse response = caching.embedForResponse(List.of("a", " ", "b"));
		assertThat(response.getResults()).extracting(Embedding::getOutput)
			.containsExactly(model.vector("a"), new float[0], model.vector("b"));
		assertThat(this.store.stats().entries()).isEqualTo(2);
	}

	@Test
	void vectorsThatNoSearchCanUseAreNotStored() {
		CountingEmbeddingModel model = new CountingEmbeddingModel() {

			@Override
			public float[] vector(String text) {
				return switch (text) {
					case "zero" -> new float[3];
					case "nan" -> new float[] { 1, Float.NaN, 1 };
					case "infinite" -> new float[] { 1, Float.NEGATIVE_INFINITY, 1 };
					default -> super.vector(text);
				};
			}

		};
		CachingEmbeddingModel caching = caching(model).build();
		List<String> texts = List.of("zero", "nan", "infinite", "good");
		caching.embed(texts);
		assertThat(caching.embed(texts).get(1)[1]).isNaN();
		assertThat(model.requests()).containsExactly(texts, List.of("zero", "nan", "infinite"));
	}

	@Test
	void badInputIsTheModelsAffair() {
		assertThat(this.caching.embedForResponse(List.of()).getResults()).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> this.caching.embed((String) null));
		assertThatIllegalArgumentException().isThrownBy(() -> this.caching.embed((List<String>) null));
		assertThatExceptionOfType(NullPointerException.class)
			.isThrownBy(() -> this.caching.call(new EmbeddingRequest(Arrays.asList("a", null), null)));
		assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> this.caching.call(null));
		assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> this.caching.embed((Document) null));
	}

	@Test
	void aBrokenStoreFailsNoCall() {
		for (CacheStore broken : List.of(BrokenStore.throwing(() -> new IllegalStateException("down")),
				BrokenStore.returningNull())) {
			CachingEmbeddingModel caching = caching(new CountingEmbeddingModel()).store(broken).build();
			assertThat(caching.embed("a")).isEqualTo(this.model.vector("a"));
			assertThat(caching.embed(List.of("a", "b", "a"))).containsExactly(vectors("a", "b", "a"));
		}
	}

	@Test
	void aModelThatAnswersNullDoesSoStill() {
		CountingEmbeddingModel model = new CountingEmbeddingModel() {

			@Override
			public EmbeddingResponse call(EmbeddingRequest request) {
				requests().add(request.getInstructions());
				return null;
			}

		};
		assertThat(caching(model).build().call(new EmbeddingRequest(List.of("a"), null))).isNull();
		assertThat(model.requests()).hasSize(1);
	}

	@Test
	void aPolicyMayRefuse() {
		CachingEmbeddingModel caching = caching(this.model).policy(
				(texts, options) -> texts.contains("secret") ? CacheDecision.refuse("personal") : CacheDecision.allow())
			.build();
		caching.embed("secret");
		caching.embed(List.of("secret", "a"));
		caching.embed("a");
		assertThat(this.listener.events()).containsExactly("bypass:personal", "bypass:personal", "store", "miss");
	}

	@Test
	void aPolicyThatFailsIsARefusal() {
		CachingEmbeddingModel caching = caching(this.model).policy((texts, options) -> {
			throw new IllegalStateException("broken");
		}).build();
		assertThat(caching.embed("a")).isEqualTo(this.model.vector("a"));
		assertThat(this.listener.events()).containsExactly("failure:POLICY", "bypass:failed");
	}

	@Test
	void aHugeTextIsOneToo() {
		String huge = "x".repeat(5_000_000);
		this.caching.embed(huge);
		this.caching.embed(huge);
		assertThat(this.model.requests()).hasSize(1);
	}

	@Test
	void aNegativeBatchSizeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> caching(this.model).batchSize(-1))
			.withMessageContaining("'batchSize' must not be negative");
	}

}
