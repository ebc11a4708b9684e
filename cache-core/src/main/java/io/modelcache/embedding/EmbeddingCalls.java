package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import io.modelcache.CacheStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.util.Assert;

/**
 * The ways of asking a model that have to do with the cache. Each goes through the door,
 * to the vectors, and past both if the door is closed.
 */
final class EmbeddingCalls {

	private static final String UNEXPECTED = "unexpected-answer";

	/**
	 * Embed the text of a document, as is the default of what a model says of itself.
	 */
	private static final Set<String> EMBED_TEXT = Set.of("org.springframework.ai.ollama.OllamaEmbeddingModel",
			"org.springframework.ai.bedrock.cohere.BedrockCohereEmbeddingModel",
			"org.springframework.ai.bedrock.titan.BedrockTitanEmbeddingModel");

	private final EmbeddingModel delegate;

	private final ModelIdentity identity;

	private final Set<EntryPoint> overridden;

	private final EmbeddingAdmission admission;

	private final BatchRunner batches;

	private final KnownDimensions dimensions;

	private final EmbeddingAdmission.Identity<Document> ownDocuments;

	EmbeddingCalls(EmbeddingModel delegate, ModelIdentity identity, EmbeddingAdmission admission, BatchRunner batches) {
		this.delegate = delegate;
		this.identity = identity;
		this.overridden = EntryPoint.overriddenBy(delegate);
		this.admission = admission;
		this.batches = batches;
		this.dimensions = new KnownDimensions(delegate);
		this.ownDocuments = embedsContents(delegate) ? (keys, document, content) -> keys.text(content)
				: InputKeys::document;
	}

	boolean overrides(EntryPoint entryPoint) {
		return this.overridden.contains(entryPoint);
	}

	/**
	 * Answer a request by a response.
	 * @param entryPoint which method is meant
	 * @param request the request
	 * @param model asks the model
	 */
	EmbeddingResponse respond(EntryPoint entryPoint, EmbeddingRequest request,
			Function<EmbeddingRequest, EmbeddingResponse> model) {
		EmbeddingAdmission.Admitted<String> admitted = this.admission.admit(entryPoint, request.getOptions(),
				request.getInstructions());
		Question<String> question = admitted.question();
		if (question == null) {
			CacheStatus status = bypass(admitted.reason());
			return ResponseAssembly.marked(model.apply(request), status);
		}
		ResponseAssembly assembly = new ResponseAssembly(request, model);
		BatchRunner.Outcome outcome = this.batches.run(question, assembly);
		if (outcome == null) {
			return assembly.whatTheModelSays(unexpected(assembly.isWhole()));
		}
		learnDimensions(request.getOptions(), outcome);
		return assembly.response(outcome, Objects.requireNonNullElse(this.identity.name(), ""));
	}

	/**
	 * Answer for one text, or for several, by bare vectors.
	 */
	List<float[]> texts(EntryPoint entryPoint, List<String> texts, Function<List<String>, List<float[]>> model) {
		return answer(this.admission.admit(entryPoint, null, texts), null, texts, model);
	}

	/**
	 * Answer for documents that the model embeds in a way of its own.
	 */
	List<float[]> documents(EntryPoint entryPoint, List<Document> documents, @Nullable EmbeddingOptions options,
			Function<List<Document>, List<float[]>> model) {
		List<@Nullable String> contents = new ArrayList<>(documents.size());
		documents.forEach((document) -> contents.add(contentOf(document)));
		EmbeddingAdmission.Identity<Document> identity = (entryPoint == EntryPoint.DOCUMENT) ? this.ownDocuments
				: InputKeys::document;
		return answer(this.admission.admit(entryPoint, options, documents, contents, identity), options, documents,
				model);
	}

	/**
	 * Answer for documents by their contents, all together, and have the strategy batch
	 * those that are missing.
	 */
	List<float[]> contents(List<Document> documents, @Nullable EmbeddingOptions options, BatchingStrategy strategy) {
		DocumentAsking asking = new DocumentAsking(this.delegate, options, strategy);
		List<DocumentAsking.Piece> pieces = asking.pieces(documents, this::contentOf);
		List<@Nullable String> contents = new ArrayList<>(pieces.size());
		pieces.forEach((piece) -> contents.add(piece.content()));
		EmbeddingAdmission.Admitted<DocumentAsking.Piece> admitted = this.admission.admit(EntryPoint.CALL, options,
				pieces, contents, (keys, piece, content) -> keys.text(content));
		BatchRunner.Outcome outcome = (admitted.question() != null) ? this.batches.run(admitted.question(), asking)
				: null;
		if (outcome == null) {
			bypass((admitted.question() != null) ? UNEXPECTED : admitted.reason());
			return this.delegate.embed(documents, options, strategy);
		}
		Assert.isTrue(outcome.vectors().size() == documents.size(),
				"Embeddings must have the same number as that of the documents");
		learnDimensions(options, outcome);
		return outcome.vectors();
	}

	/**
	 * Return the number of dimensions, which costs a call of the model only if no vector
	 * has been seen yet.
	 * @param ask asks by a certain text
	 */
	int dimensions(ToIntFunction<String> ask) {
		return (this.identity.name() != null) ? this.dimensions.get(ask) : this.delegate.dimensions();
	}

	@Nullable VectorFlights flights() {
		return this.batches.flights();
	}

	/**
	 * Leave the cache aside; the model is asked next.
	 */
	CacheStatus bypass(String reason) {
		CacheStatus status = this.batches.cache().bypass(reason);
		this.batches.cache().asking();
		return status;
	}

	/**
	 * Leave the cache aside because of what the model has said, which is passed on if it
	 * was asked for everything.
	 */
	private CacheStatus unexpected(boolean whole) {
		return whole ? this.batches.cache().bypass(UNEXPECTED) : bypass(UNEXPECTED);
	}

	private <I> List<float[]> answer(EmbeddingAdmission.Admitted<I> admitted, @Nullable EmbeddingOptions options,
			List<I> inputs, Function<List<I>, List<float[]>> model) {
		Question<I> question = admitted.question();
		if (question == null) {
			bypass(admitted.reason());
			return model.apply(inputs);
		}
		ListAsking<I> asking = new ListAsking<>(inputs, model);
		BatchRunner.Outcome outcome = this.batches.run(question, asking);
		if (outcome == null) {
			unexpected(asking.isWhole());
			return asking.whatTheModelSays();
		}
		learnDimensions(options, outcome);
		return outcome.vectors();
	}

	/**
	 * Options may ask for shorter vectors than the model gives by itself.
	 */
	private void learnDimensions(@Nullable EmbeddingOptions options, BatchRunner.Outcome outcome) {
		if (this.admission.saysNothingNew(options)) {
			this.dimensions.learn(outcome.vectors());
		}
	}

	/**
	 * Tell whether a model is known to embed of a document what it says it does.
	 * Google's, for one, embeds metadata too, and whoever writes a model may forget to
	 * tell.
	 */
	private static boolean embedsContents(EmbeddingModel model) {
		Class<?> type = EntryPoint.DOCUMENT.declaredBy(model);
		return EMBED_TEXT.contains(type.getName()) || (type.getName().startsWith("org.springframework.ai.")
				&& EntryPoint.CONTENT.declaredBy(model) == type);
	}

	/**
	 * A document that has no text, or none that it tells, is left to the model, which
	 * knows what to say.
	 */
	private @Nullable String contentOf(@Nullable Document document) {
		try {
			return (document != null && document.isText()) ? this.delegate.getEmbeddingContent(document) : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

}
