package io.modelcache.chat;

import java.lang.ref.WeakReference;
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

	private final Map<Fingerprint, Recent> requests = new LinkedHashMap<>(LIMIT * 2, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Fingerprint, Recent> eldest) {
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
	 * @param request the request
	 * @param parts its parts
	 * @param explanation what it was told, or {@code null} if it was a hit
	 */
	synchronized void add(ChatRequest request, FormParts parts, @Nullable MissExplanation explanation) {
		this.requests.put(request.fingerprint(), new Recent(parts, new WeakReference<>(request), explanation));
	}

	/**
	 * Return what is remembered of a request that asks the cache a second time.
	 */
	synchronized @Nullable Recent sameCall(ChatRequest request) {
		Recent recent = this.requests.get(request.fingerprint());
		return (recent != null && recent.request().refersTo(request)) ? recent : null;
	}

	/**
	 * Find the request that is closest to another one.
	 * @return what differs, or {@code null} if there is no recent request
	 */
	@Nullable MissExplanation explain(Fingerprint fingerprint, FormParts parts) {
		MissExplanation closest = null;
		for (Map.Entry<Fingerprint, Recent> entry : known()) {
			List<String> differs = entry.getKey().equals(fingerprint) ? List.of()
					: parts.differences(entry.getValue().parts());
			if (closest == null || differs.size() <= closest.differs().size()) {
				closest = new MissExplanation(entry.getKey().id(), differs);
			}
		}
		return closest;
	}

	private synchronized List<Map.Entry<Fingerprint, Recent>> known() {
		List<Map.Entry<Fingerprint, Recent>> known = new ArrayList<>(this.requests.size());
		this.requests.forEach((fingerprint, recent) -> known.add(Map.entry(fingerprint, recent)));
		return known;
	}

	/**
	 * A request that was made.
	 *
	 * @param parts its parts
	 * @param request the request, as long as its call is under way
	 * @param explanation what it was told
	 */
	record Recent(FormParts parts, WeakReference<ChatRequest> request, @Nullable MissExplanation explanation) {

	}

}
