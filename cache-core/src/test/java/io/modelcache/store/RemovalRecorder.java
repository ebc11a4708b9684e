package io.modelcache.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.modelcache.key.Fingerprint;

/**
 * Remembers what a {@link RemovalSource} tells.
 */
public final class RemovalRecorder implements RemovalListener {

	private final Map<Fingerprint, List<RemovalCause>> removed = new ConcurrentHashMap<>();

	private final List<Selector> cleared = new CopyOnWriteArrayList<>();

	@Override
	public void removed(Collection<Fingerprint> fingerprints, RemovalCause cause) {
		for (Fingerprint fingerprint : fingerprints) {
			this.removed.computeIfAbsent(fingerprint, (key) -> new CopyOnWriteArrayList<>()).add(cause);
		}
	}

	@Override
	public void cleared(Selector selector) {
		this.cleared.add(selector);
	}

	/**
	 * Return what was told of an entry, by its fingerprint or by a selector that matches
	 * it.
	 * @param entry the entry
	 * @return the causes
	 */
	public List<RemovalCause> causes(StoredEntry entry) {
		List<RemovalCause> causes = new ArrayList<>(this.removed.getOrDefault(entry.fingerprint(), List.of()));
		for (Selector selector : this.cleared) {
			if (selector.matches(entry)) {
				causes.add(RemovalCause.EVICTED);
			}
		}
		return causes;
	}

	/**
	 * Forget everything.
	 */
	public void clear() {
		this.removed.clear();
		this.cleared.clear();
	}

}
