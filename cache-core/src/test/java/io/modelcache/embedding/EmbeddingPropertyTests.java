package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingEmbeddingModel;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.springframework.ai.document.Document;
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
			assertThat(answer(Way.CALL, cached, batch)).as("%s", batch).isEqualTo(answer(Way.CALL, model, batch));
		}
	}

	@Property
	void whatIsAnsweredAmongFaultsIsRightAndNothingWrongIsLeftBehind(@ForAll("batches") List<List<String>> batches,
			@ForAll("faults") List<Fault> faults, @ForAll @IntRange(max = 4) int batchSize) {
		assertSound(Way.CALL, batches, faults, batchSize);
	}

	@Property
	void soItIsByTheOtherWaysOfAsking(@ForAll("lists") Way way, @ForAll("batches") List<List<String>> batches,
			@ForAll("faults") List<Fault> faults, @ForAll @IntRange(max = 4) int batchSize) {
		assertSound(way, batches, faults, batchSize);
	}

	@Provide
	Arbitrary<Way> lists() {
		return Arbitraries.of(Way.TEXTS, Way.DOCUMENTS);
	}

	private static void assertSound(Way way, List<List<String>> batches, List<Fault> faults, int batchSize) {
		CountingEmbeddingModel sound = new CountingEmbeddingModel();
		Unsound unsound = new Unsound(faults);
		EmbeddingModel cached = caching(unsound).batchSize(batchSize).build();
		for (List<String> batch : batches) {
			unsound.beginBatch();
			assertAmongFaults(unsound, batch, answer(way, cached, batch), answer(way, sound, batch));
		}
		unsound.recover();
		for (List<String> batch : batches) {
			assertThat(answer(way, cached, batch)).as("%s", batch).isEqualTo(answer(way, sound, batch));
		}
	}

	/**
	 * Without a fault the answer is right. A model that only throws may make the call
	 * fail, but not wrong. Else each vector is right or one that the model said just now,
	 * and if their number is wrong, all of them are what it said to the whole batch.
	 */
	private static void assertAmongFaults(Unsound model, List<String> batch, Answer answer, Answer right) {
		if (model.happened.isEmpty() || (answer.failure() == null && model.happened.equals(Set.of(Fault.THROWS)))) {
			assertThat(answer).isEqualTo(right);
		}
		else if (answer.failure() == null && answer.vectors().size() != right.vectors().size()) {
			assertThat(model.requests().get(model.requests().size() - 1)).isEqualTo(batch);
			assertThat(answer.vectors()).isEqualTo(model.said);
		}
		else if (answer.failure() == null) {
			for (int i = 0; i < right.vectors().size(); i++) {
				assertThat(answer.vectors().get(i)).isIn(with(model.wrong, right.vectors().get(i)));
			}
		}
	}

	private static Set<String> with(Set<String> vectors, String another) {
		Set<String> all = new HashSet<>(vectors);
		all.add(another);
		return all;
	}

	private static CachingEmbeddingModel.Builder caching(EmbeddingModel model) {
		return CachingEmbeddingModel.builder(model).store(CaffeineCacheStore.ofMaximumWeight(10_000_000)).modelId("m");
	}

	private static Answer answer(Way way, EmbeddingModel model, List<String> texts) {
		try {
			List<Embedding> embeddings = way.ask(model, texts);
			return new Answer(embeddings.stream().map(Embedding::getIndex).toList(), vectors(embeddings), null);
		}
		catch (RuntimeException ex) {
			return new Answer(List.of(), List.of(), ex.getClass().getSimpleName());
		}
	}

	private static List<String> vectors(List<Embedding> embeddings) {
		return embeddings.stream().map((embedding) -> Arrays.toString(embedding.getOutput())).toList();
	}

	private static List<Embedding> numbered(List<float[]> vectors) {
		return IntStream.range(0, vectors.size()).mapToObj((i) -> new Embedding(vectors.get(i), i)).toList();
	}

	/**
	 * What came of a batch.
	 *
	 * @param indexes the numbers of the vectors
	 * @param vectors the vectors as text
	 * @param failure the exception, or {@code null}
	 */
	private record Answer(List<Integer> indexes, List<String> vectors, String failure) {

	}

	/**
	 * A way of asking for a batch.
	 */
	enum Way {

		CALL {
			@Override
			List<Embedding> ask(EmbeddingModel model, List<String> texts) {
				return model.call(new EmbeddingRequest(texts, null)).getResults();
			}
		},

		TEXTS {
			@Override
			List<Embedding> ask(EmbeddingModel model, List<String> texts) {
				return numbered(model.embed(texts));
			}
		},

		/**
		 * Three documents at a time.
		 */
		DOCUMENTS {
			@Override
			List<Embedding> ask(EmbeddingModel model, List<String> texts) {
				List<Document> documents = texts.stream().map(Document::new).toList();
				return numbered(model.embed(documents, null,
						(all) -> IntStream.range(0, (all.size() + 2) / 3)
							.mapToObj((i) -> all.subList(3 * i, Math.min(3 * i + 3, all.size())))
							.toList()));
			}
		};

		abstract List<Embedding> ask(EmbeddingModel model, List<String> texts);

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

		/**
		 * What went wrong in the current batch.
		 */
		private final Set<Fault> happened = EnumSet.noneOf(Fault.class);

		/**
		 * The vectors of the wrong answers in the current batch.
		 */
		private final Set<String> wrong = new HashSet<>();

		/**
		 * The vectors of the latest answer, right or wrong.
		 */
		private List<String> said = List.of();

		Unsound(List<Fault> faults) {
			this.faults = faults;
		}

		void beginBatch() {
			this.happened.clear();
			this.wrong.clear();
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
				this.said = vectors(response.getResults());
				return response;
			}
			this.happened.add(fault);
			if (fault == Fault.THROWS) {
				throw new IllegalStateException("no money");
			}
			List<Embedding> embeddings = broken(fault, new ArrayList<>(response.getResults()));
			if (embeddings != null) {
				this.said = vectors(embeddings);
				this.wrong.addAll(this.said);
			}
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
