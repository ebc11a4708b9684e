package io.modelcache;

import java.time.Instant;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;

/**
 * A question whose text is stored beside its answer.
 *
 * @param fingerprint the key, by which it can be evicted
 * @param cache the name of the cache
 * @param text the question
 * @param createdAt when the answer was stored
 */
public record StoredQuestion(Fingerprint fingerprint, String cache, String text, Instant createdAt) {

	static StoredQuestion of(StoredEntry entry) {
		String question = entry.question();
		return new StoredQuestion(entry.fingerprint(), entry.bean(), (question != null) ? question : "",
				entry.createdAt());
	}

	/**
	 * Show the key id, nothing of the question.
	 */
	@Override
	public String toString() {
		return "StoredQuestion[%s, cache=%s, createdAt=%s]".formatted(this.fingerprint.id(), this.cache,
				this.createdAt);
	}

}
