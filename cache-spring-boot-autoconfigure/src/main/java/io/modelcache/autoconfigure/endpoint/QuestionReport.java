package io.modelcache.autoconfigure.endpoint;

import java.time.Instant;

import io.modelcache.StoredQuestion;

/**
 * A stored question, for those who may see it.
 *
 * @param key the key id, by which it can be evicted
 * @param bean the name of the model's bean
 * @param question the question
 * @param createdAt when its answer was stored
 */
record QuestionReport(String key, String bean, String question, Instant createdAt) {

	static QuestionReport of(StoredQuestion found) {
		return new QuestionReport(found.fingerprint().id(), found.cache(), found.text(), found.createdAt());
	}

	/**
	 * Show nothing of the question.
	 */
	@Override
	public String toString() {
		return "QuestionReport[%s, %s]".formatted(this.key, this.bean);
	}

}
