package io.modelcache.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.modelcache.MissExplanation;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.FormParts;
import org.jspecify.annotations.Nullable;

/**
 * The digests of the parts of the requests that were made last, a bounded number of them.
 */
final class RecentRequests {

	private static final int LIMIT = 100;

	private final Map<Fingerprint, FormParts> requests = new LinkedHashMap<>(LIMIT * 2, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Fingerprint, FormParts> eldest) {
			return size() > LIMIT;
		}

	};

	/**
	 * Tell whether a request is known, and that it was made again.
	 */
	synchronized boolean touch(Fingerprint fingerprint) {
		return this.requests.get(fingerprint) != null;
	}

	/**
	 * Remember a request.
	 */
	synchronized void add(Fingerprint fingerprint, FormParts parts) {
		this.requests.put(fingerprint, parts);
	}

	/**
	 * Find the request that is closest to another one.
	 * @return what differs, or {@code null} if there is no recent request
	 */
	@Nullable MissExplanation explain(Fingerprint fingerprint, FormParts parts) {
		MissExplanation closest = null;
		for (Map.Entry<Fingerprint, FormParts> entry : known()) {
			List<String> differs = entry.getKey().equals(fingerprint) ? List.of() : parts.differences(entry.getValue());
			if (closest == null || differs.size() <= closest.differs().size()) {
				closest = new MissExplanation(entry.getKey().id(), differs);
			}
		}
		return closest;
	}

	private synchronized List<Map.Entry<Fingerprint, FormParts>> known() {
		List<Map.Entry<Fingerprint, FormParts>> known = new ArrayList<>(this.requests.size());
		this.requests.forEach((fingerprint, parts) -> known.add(Map.entry(fingerprint, parts)));
		return known;
	}

}
