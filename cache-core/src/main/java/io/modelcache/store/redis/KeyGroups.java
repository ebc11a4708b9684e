package io.modelcache.store.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.modelcache.key.Fingerprint;

/**
 * Splits fingerprints into groups that one command may have: all together on a single
 * server, those of one shard in a cluster.
 */
final class KeyGroups {

	private KeyGroups() {
	}

	static List<List<Fingerprint>> of(Collection<Fingerprint> fingerprints, boolean clustered) {
		return clustered ? List.copyOf(byShard(fingerprints).values()) : List.of(List.copyOf(fingerprints));
	}

	static Map<Integer, List<Fingerprint>> byShard(Collection<Fingerprint> fingerprints) {
		Map<Integer, List<Fingerprint>> shards = new TreeMap<>();
		for (Fingerprint fingerprint : fingerprints) {
			shards.computeIfAbsent(KeyLayout.shard(fingerprint), (shard) -> new ArrayList<>()).add(fingerprint);
		}
		return shards;
	}

}
