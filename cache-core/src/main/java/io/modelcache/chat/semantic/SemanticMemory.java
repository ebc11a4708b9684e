package io.modelcache.chat.semantic;

import io.modelcache.chat.ChatCacheContext;

/**
 * What is remembered of the questions to one model. A bean that is made again and again,
 * for each request or each refresh, is one model.
 *
 * @param vectors makes vectors of questions
 * @param index finds questions by their vectors
 * @param questions the questions of stored answers that were read lately
 * @param strictness how strict decisions are by now
 * @param hits the latest answers to similar questions
 */
record SemanticMemory(QuestionVectors vectors, QuestionIndex index, ReadQuestions questions, Strictness strictness,
		RecentHits hits) {

	static SemanticMemory of(ChatCacheContext context, SemanticCaching.Builder settings) {
		QuestionVectors vectors = new QuestionVectors(settings.embeddingModel, context.settings().name(),
				context.listener(), context.failures(), context.clock());
		return new SemanticMemory(vectors, new QuestionIndex(settings.index, context, new Wordings(context)),
				new ReadQuestions(new QuestionReader(settings.rules)),
				new Strictness(context.settings().name(), settings.decision(), settings.maxErrorRate),
				new RecentHits());
	}

}
