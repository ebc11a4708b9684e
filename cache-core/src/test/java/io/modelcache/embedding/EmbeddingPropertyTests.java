package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingEmbeddingModel;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random batches with duplicates over a cache that knows a random part of them, and
 * models that fail in random ways.
 */
class EmbeddingPropertyTests {

	@Provide
	Arbitrary<List<List<String>>> batches() {
		return Arbitraries
			.of("a", "b", "c", "d", "e", "f", "g", "h", " ", "", "zero", "nan", "poison", ProviderHabit.DROPPED)
			.list()
			.ofMaxSize(12)
			.list()
			.ofMinSize(1)
			.ofMaxSize(8);
	}

	@Provide
	Arbitrary<List<Fault>> faults() {
		return Arbitraries.of(Fault.class).list().ofMinSize(1).ofMaxSize(12);
	}

	@Property
	void everyElementIsThatOfTheModel(@ForAll("batches") List<List<String>> batches, @ForAll ProviderHabit habit,
			@ForAll @IntRange(max = 4) int batchSize, @ForAll boolean singleFlight) {
		EmbeddingModel model = new Poisoned(habit.model());
		EmbeddingModel cached = caching(new Poisoned(habit.model())).batchSize(batchSize)
			.singleFlight(singleFlight)
			.build();
		for (List<String> batch : batches) {
			assertThat(answer(cached, batch)).as("%s", batch).isEqualTo(answer(model, batch));
		}
	}

	@Property
	void whatFailedOnceLeavesNothingWrongBehind(@ForAll("batches") List<List<String>> batches,
			@ForAll("faults") List<Fault> faults, @ForAll @IntRange(max = 4) int batchSize) {
		CountingEmbeddingModel sound = new CountingEmbeddingModel();
		Unsound unsound = new Unsound(faults);
		EmbeddingModel cached = caching(unsound).batchSize(batchSize).build();
		for (List<String> batch : batches) {
			answer(cached, batch);
		}
		unsound.recover();
		for (List<String> batch : batches) {
			assertThat(answer(cached, batch)).as("%s", batch).isEqualTo(answer(sound, batch));
		}
	}

	private static CachingEmbeddingModel.Builder caching(EmbeddingModel model) {
		return CachingEmbeddingModel.builder(model).store(CaffeineCacheStore.ofMaximumWeight(10_000_000)).modelId("m");
	}

	private static Object answer(EmbeddingModel model, List<String> texts) {
		try {
			List<String> answer = new ArrayList<>();
			for (Embedding embedding : model.call(new EmbeddingRequest(texts, null)).getResults()) {
				answer.add(embedding.getIndex() + ": " + Arrays.toString(embedding.getOutput()));
			}
			return answer;
		}
		catch (RuntimeException ex) {
			return ex.getClass().getSimpleName();
		}
	}

	/**
	 * What may go wrong with a call.
	 */
	enum Fault {

		NONE, THROWS, DROPS_FIRST, DROPS_LAST, ONE_TOO_MANY, EMPTY_ANSWER, NULL_ANSWER, REVERSED, EMPTY_VECTOR,
		NULL_VECTOR, NOT_A_NUMBER, ZERO_VECTOR,

		/**
		 * One vector is shorter than the others; of a single one nobody could tell.
		 */
		SHORT_VECTOR

	}

	/**
	 * A model that has something against certain texts.
	 */
	private static final class Poisoned extends CountingEmbeddingModel {

		private final CountingEmbeddingModel model;

		Poisoned(CountingEmbeddingModel model) {
			this.model = model;
		}

		@Override
		public EmbeddingResponse call(EmbeddingRequest request) {
			if (request.getInstructions().contains("poison")) {
				throw new IllegalStateException("poison");
			}
			EmbeddingResponse response = this.model.call(request);
			List<Embedding> embeddings = new ArrayList<>();
			for (Embedding embedding : response.getResults()) {
				embeddings.add(new Embedding(spoilt(request, embedding), embedding.getIndex()));
			}
			return new EmbeddingResponse(embeddings, response.getMetadata());
		}

		private float[] spoilt(EmbeddingRequest request, Embedding embedding) {
			float[] vector = embedding.getOutput();
			if (Arrays.equals(vector, this.model.vector("nan"))) {
				return new float[] { Float.NaN, 0, 0 };
			}
			return Arrays.equals(vector, this.model.vector("zero")) ? new float[3] : vector;
		}

	}

	/**
	 * A model whose calls go wrong one after the other, until it recovers.
	 */
	private static final class Unsound extends CountingEmbeddingModel {

		private final List<Fault> faults;

		private int calls;

		private boolean recovered;

		Unsound(List<Fault> faults) {
			this.faults = faults;
		}

		void recover() {
			this.recovered = true;
		}

		@Override
		public EmbeddingResponse call(EmbeddingRequest request) {
			EmbeddingResponse response = super.call(request);
			Fault fault = this.faults.get(this.calls++ % this.faults.size());
			boolean single = response.getResults().size() == 1;
			if (this.recovered || fault == Fault.NONE || response.getResults().isEmpty()
					|| (single && fault == Fault.SHORT_VECTOR)) {
				return response;
			}
			if (fault == Fault.THROWS) {
				throw new IllegalStateException("no money");
			}
			List<Embedding> embeddings = broken(fault, new ArrayList<>(response.getResults()));
			return (embeddings != null) ? new EmbeddingResponse(embeddings, response.getMetadata()) : null;
		}

		private static List<Embedding> broken(Fault fault, List<Embedding> embeddings) {
			int last = embeddings.size() - 1;
			switch (fault) {
				case DROPS_FIRST -> embeddings.remove(0);
				case DROPS_LAST -> embeddings.remove(last);
				case ONE_TOO_MANY -> embeddings.add(new Embedding(new float[] { 9, 9, 9 }, last + 1));
				case EMPTY_ANSWER -> embeddings.clear();
				case REVERSED -> Collections.reverse(embeddings);
				case EMPTY_VECTOR -> embeddings.set(last, new Embedding(new float[0], last));
				case NULL_VECTOR -> embeddings.set(last, new Embedding(null, last));
				case NOT_A_NUMBER -> embeddings.set(last, new Embedding(new float[] { 1, Float.NaN, 1 }, last));
				case ZERO_VECTOR -> embeddings.set(last, new Embedding(new float[3], last));
				case SHORT_VECTOR -> embeddings.set(last, new Embedding(new float[] { 1, 2 }, last));
				default -> {
					return null;
				}
			}
			return embeddings;
		}

	}

}
