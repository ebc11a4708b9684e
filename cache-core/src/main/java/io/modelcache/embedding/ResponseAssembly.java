package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.modelcache.CacheStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;

/**
 * Collects the answers of the model to one request and makes one response of them and of
 * what the cache knew.
 * <p>
 * Usage and metadata are those of the calls that were made, zero if none was.
 */
final class ResponseAssembly {

	private final EmbeddingModel delegate;

	private final EmbeddingRequest request;

	private final List<EmbeddingResponse> answers = new ArrayList<>();

	private boolean whole;

	ResponseAssembly(EmbeddingModel delegate, EmbeddingRequest request) {
		this.delegate = delegate;
		this.request = request;
	}

	/**
	 * Ask the model for some of the texts; for all of them by the caller's own request.
	 */
	List<float[]> ask(List<String> texts) {
		this.whole = texts.equals(this.request.getInstructions());
		EmbeddingOptions options = this.request.getOptions();
		EmbeddingResponse answer = this.delegate.call(this.whole ? this.request : new EmbeddingRequest(texts, options));
		this.answers.add(answer);
		return vectors(answer);
	}

	/**
	 * Return what the model says to the whole request, for an answer that does not fit
	 * the question cannot be combined with anything.
	 */
	EmbeddingResponse whatTheModelSays(CacheStatus status) {
		EmbeddingResponse answer = this.whole ? this.answers.get(0) : this.delegate.call(this.request);
		return (answer != null) ? marked(answer, status) : answer;
	}

	/**
	 * Return the response.
	 * @param outcome the vectors and the status
	 * @param model the name of the model, if no call was made
	 */
	EmbeddingResponse response(BatchRunner.Outcome outcome, String model) {
		if (this.whole) {
			return marked(this.answers.get(0), outcome.status());
		}
		List<Embedding> embeddings = new ArrayList<>(outcome.vectors().size());
		for (float[] vector : outcome.vectors()) {
			embeddings.add(new Embedding(vector, embeddings.size()));
		}
		return new EmbeddingResponse(embeddings, metadata(model, outcome.status()));
	}

	/**
	 * Copy a response with one more metadata key. A response of a class of its own stays
	 * what it is, for a copy would lose what that class adds.
	 */
	static EmbeddingResponse marked(EmbeddingResponse response, CacheStatus status) {
		EmbeddingResponseMetadata metadata = response.getMetadata();
		if (response.getClass() != EmbeddingResponse.class || metadata == null
				|| metadata.getClass() != EmbeddingResponseMetadata.class) {
			return response;
		}
		return new EmbeddingResponse(response.getResults(),
				new EmbeddingResponseMetadata(metadata.getModel(), metadata.getUsage(), values(metadata, status)));
	}

	private EmbeddingResponseMetadata metadata(String model, CacheStatus status) {
		if (this.answers.isEmpty()) {
			return new EmbeddingResponseMetadata(model, new DefaultUsage(0, 0),
					Map.of(CacheStatus.METADATA_KEY, status));
		}
		EmbeddingResponseMetadata last = this.answers.get(this.answers.size() - 1).getMetadata();
		return new EmbeddingResponseMetadata(last.getModel(), usage(), values(last, status));
	}

	private Usage usage() {
		if (this.answers.size() == 1) {
			return this.answers.get(0).getMetadata().getUsage();
		}
		int prompt = 0;
		int total = 0;
		for (EmbeddingResponse answer : this.answers) {
			Usage usage = answer.getMetadata().getUsage();
			prompt += (usage != null) ? orZero(usage.getPromptTokens()) : 0;
			total += (usage != null) ? orZero(usage.getTotalTokens()) : 0;
		}
		return new DefaultUsage(prompt, 0, total);
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

	private static List<float[]> vectors(EmbeddingResponse answer) {
		if (answer == null || answer.getResults() == null) {
			return List.of();
		}
		return answer.getResults().stream().map(Embedding::getOutput).toList();
	}

}
