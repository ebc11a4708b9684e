package io.modelcache.chat.semantic;

import java.util.LinkedHashMap;
import java.util.Map;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * The latest answers that were given to questions they were not made for, by the key ids
 * of their statuses. Safe for use by several threads.
 */
final class RecentHits {

	private static final int KEPT = 10_000;

	private final Map<String, Hit> hits = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Hit> eldest) {
			return size() > KEPT;
		}

	};

	synchronized void add(Hit hit) {
		this.hits.put(hit.wordingKey().id(), hit);
	}

	synchronized @Nullable Hit get(String id) {
		return this.hits.get(id);
	}

	synchronized void remove(String id) {
		this.hits.remove(id);
	}

	/**
	 * An answer that was given. The vector of the question is not kept.
	 *
	 * @param wordingKey the key of the wording that was asked
	 * @param wording what it led to
	 * @param scope the digest of the scope
	 */
	record Hit(Fingerprint wordingKey, KnownWording wording, Fingerprint scope) {

		Hit {
			wording = wording.withoutVector();
		}

	}

}
