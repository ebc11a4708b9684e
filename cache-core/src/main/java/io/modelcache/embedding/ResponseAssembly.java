package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.modelcache.CacheStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;

/**
 * Collects the answers of the model to one request and makes one response of them and of
 * what the cache knew.
 * <p>
 * Usage and metadata are those of the calls that were made, zero if none was.
 */
final class ResponseAssembly implements Asking<String> {

	private final EmbeddingRequest request;

	private final Function<EmbeddingRequest, EmbeddingResponse> model;

	private final List<EmbeddingResponse> answers = new ArrayList<>();

	private boolean whole;

	ResponseAssembly(EmbeddingRequest request, Function<EmbeddingRequest, EmbeddingResponse> model) {
		this.request = request;
		this.model = model;
	}

	/**
	 * Ask the model for some of the texts; for all of them by the caller's own request.
	 */
	@Override
	public ModelAnswer ask(List<String> texts) {
		this.whole = texts.equals(this.request.getInstructions());
		EmbeddingResponse answer = this.model
			.apply(this.whole ? this.request : new EmbeddingRequest(texts, this.request.getOptions()));
		this.answers.add(answer);
		return ModelAnswer.of(answer);
	}

	/**
	 * Tell whether the model was last asked for everything.
	 */
	boolean isWhole() {
		return this.whole;
	}

	/**
	 * Return what the model says to the whole request, for an answer that does not fit
	 * the question cannot be combined with anything. A model may break its contract and
	 * answer {@code null}, which is passed on.
	 */
	EmbeddingResponse whatTheModelSays(CacheStatus status) {
		return marked(this.whole ? last() : this.model.apply(this.request), status);
	}

	/**
	 * Return the response.
	 * @param outcome the vectors and the status
	 * @param name the name of the model, if it has not answered yet
	 */
	EmbeddingResponse response(BatchRunner.Outcome outcome, String name) {
		if (this.whole) {
			return marked(last(), outcome.status());
		}
		AnsweringModel answering = outcome.model();
		int index = (answering != null) ? answering.firstIndex() : 0;
		List<Embedding> embeddings = new ArrayList<>(outcome.vectors().size());
		for (float[] vector : outcome.vectors()) {
			embeddings.add(new Embedding(vector, index++));
		}
		String answered = (answering != null) ? answering.name() : null;
		return new EmbeddingResponse(embeddings, metadata((answered != null) ? answered : name, outcome.status()));
	}

	/**
	 * Copy a response with one more metadata key. A response of a class of its own stays
	 * what it is, for a copy would lose what that class adds.
	 */
	@SuppressWarnings({ "NullAway", "ConstantValue" })
	static EmbeddingResponse marked(@Nullable EmbeddingResponse response, CacheStatus status) {
		EmbeddingResponseMetadata metadata = (response != null) ? response.getMetadata() : null;
		if (metadata == null || response.getClass() != EmbeddingResponse.class
				|| metadata.getClass() != EmbeddingResponseMetadata.class) {
			return response;
		}
		return new EmbeddingResponse(response.getResults(),
				new EmbeddingResponseMetadata(metadata.getModel(), metadata.getUsage(), values(metadata, status)));
	}

	private EmbeddingResponseMetadata metadata(String model, CacheStatus status) {
		EmbeddingResponseMetadata last = this.answers.isEmpty() ? null : last().getMetadata();
		if (last == null) {
			return new EmbeddingResponseMetadata(model, new DefaultUsage(0, 0),
					Map.of(CacheStatus.METADATA_KEY, status));
		}
		return new EmbeddingResponseMetadata(last.getModel(), usage(last), values(last, status));
	}

	/**
	 * What one call used is passed on with all that the provider says of it; of several
	 * calls only the numbers can be added.
	 */
	private Usage usage(EmbeddingResponseMetadata last) {
		if (this.answers.size() == 1) {
			return last.getUsage();
		}
		int prompt = 0;
		int total = 0;
		for (EmbeddingResponse answer : this.answers) {
			Usage usage = (answer.getMetadata() != null) ? answer.getMetadata().getUsage() : null;
			prompt += (usage != null) ? orZero(usage.getPromptTokens()) : 0;
			total += (usage != null) ? orZero(usage.getTotalTokens()) : 0;
		}
		return new DefaultUsage(prompt, 0, total);
	}

	private EmbeddingResponse last() {
		return this.answers.get(this.answers.size() - 1);
	}

	private static int orZero(@Nullable Integer count) {
		return (count != null) ? count : 0;
	}

	private static Map<String, Object> values(EmbeddingResponseMetadata metadata, CacheStatus status) {
		Map<String, Object> values = new HashMap<>();
		metadata.entrySet().forEach((entry) -> values.put(entry.getKey(), entry.getValue()));
		values.put(CacheStatus.METADATA_KEY, status);
		return values;
	}

}
