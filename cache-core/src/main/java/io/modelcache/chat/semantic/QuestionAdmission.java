package io.modelcache.chat.semantic;

import io.modelcache.CacheOperation;
import io.modelcache.chat.ChatCacheContext;
import io.modelcache.chat.ChatRequest;
import org.jspecify.annotations.Nullable;

/**
 * Decides which questions others than the very same may answer.
 */
final class QuestionAdmission {

	private final ChatCacheContext context;

	private final QuestionShape shape;

	private final QuestionReader reader;

	private final QuestionVectors vectors;

	private final String embeddingModel;

	QuestionAdmission(ChatCacheContext context, SemanticCaching.Builder settings, QuestionVectors vectors) {
		this.context = context;
		this.shape = new QuestionShape(settings.maxTurns);
		this.reader = new QuestionReader(settings.rules);
		this.vectors = vectors;
		this.embeddingModel = settings.embeddingModelId;
	}

	/**
	 * Decide on a request.
	 * @return its question, or {@code null} if only the very same one may answer
	 */
	@Nullable AskedQuestion admit(ChatRequest request) {
		try {
			String objection = this.shape.objection(request);
			String text = (objection == null) ? QuestionShape.text(request) : null;
			ReadQuestion read = (text != null) ? this.reader.read(text) : null;
			if (read != null && read.exactOnly() == null) {
				if (read.canonicalOnly() != null) {
					tell(read.canonicalOnly());
				}
				return new AskedQuestion(request, read, this.context, this.vectors, this.embeddingModel);
			}
			tell((read != null) ? read.exactOnly() : objection);
			return null;
		}
		catch (Throwable ex) {
			this.context.failures().report(CacheOperation.POLICY, ex);
			return null;
		}
	}

	private void tell(@Nullable String reason) {
		this.context.listener().onExactOnly(this.context.settings().name(), (reason != null) ? reason : "blank");
	}

}
