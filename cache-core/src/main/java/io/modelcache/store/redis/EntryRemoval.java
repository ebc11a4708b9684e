package io.modelcache.store.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;

/**
 * Removes entries by their fingerprints or by a selector, and what is left of them in the
 * sets of tags.
 */
final class EntryRemoval {

	private static final int BATCH = 500;

	private final RedisLink link;

	private final KeyLayout keys;

	private final Patience patience;

	private final EntryReads reads;

	private final ServerMemory memory;

	EntryRemoval(RedisLink link, KeyLayout keys, Patience patience, EntryReads reads) {
		this.link = link;
		this.keys = keys;
		this.patience = patience;
		this.reads = reads;
		this.memory = new ServerMemory(link, patience);
	}

	/**
	 * Remove entries.
	 * @return how many there were
	 */
	CompletableFuture<Long> evictAll(Collection<Fingerprint> fingerprints) {
		if (fingerprints.isEmpty()) {
			return CompletableFuture.completedFuture(0L);
		}
		return Cancellation.map(this.link.send(unlinks(fingerprints)), EntryRemoval::sum);
	}

	private List<RedisRequest> unlinks(Collection<Fingerprint> fingerprints) {
		List<RedisRequest> requests = new ArrayList<>();
		for (List<Fingerprint> group : KeyGroups.of(Set.copyOf(fingerprints), this.link.clustered())) {
			RedisRequest request = RedisRequest.of("UNLINK");
			group.forEach((fingerprint) -> request.key(this.keys.entry(fingerprint)));
			requests.add(request);
		}
		return requests;
	}

	/**
	 * Remove all entries that a selector matches. Those with a tag are found in the sets
	 * of the tag, and if the server may have dropped such a set, by a walk over all
	 * entries.
	 * @return how many there were
	 */
	long evict(Selector selector) {
		KeyWalk all = new KeyWalk(this.link, this.patience, this.keys);
		String tag = selector.tag();
		long evicted = 0;
		if (tag != null) {
			evicted = along(new TagWalk(this.link, this.patience, this.keys, tag),
					(found) -> evictTagged(found, selector, tag));
			if (!this.memory.mayDropKeys()) {
				return evicted;
			}
		}
		evicted += along(all, (found) -> evict(found, selector));
		if (selector.equals(Selector.all())) {
			all.forEachTag(BATCH, this::sweep);
		}
		return evicted;
	}

	private static long along(Walk walk, ToLongFunction<List<Fingerprint>> removal) {
		long evicted = 0;
		ScanPosition position = walk.start();
		while (!position.isAtEnd()) {
			position = walk.step(position, BATCH);
			List<Fingerprint> found = position.rest();
			for (int i = 0; i < found.size(); i += BATCH) {
				evicted += removal.applyAsLong(found.subList(i, Math.min(i + BATCH, found.size())));
			}
		}
		return evicted;
	}

	private long evictTagged(List<Fingerprint> found, Selector selector, String tag) {
		List<StoredEntry> there = this.reads.labels(found);
		Set<Fingerprint> strays = new HashSet<>(found);
		there.stream().filter((entry) -> entry.tags().contains(tag)).forEach((entry) -> {
			strays.remove(entry.fingerprint());
		});
		sweep(tag, strays);
		return evictMatching(there, selector);
	}

	private long evict(List<Fingerprint> found, Selector selector) {
		return selector.equals(Selector.all()) ? this.patience.await(evictAll(found))
				: evictMatching(this.reads.labels(found), selector);
	}

	private long evictMatching(List<StoredEntry> there, Selector selector) {
		List<RedisRequest> requests = new ArrayList<>();
		List<Fingerprint> untagged = new ArrayList<>();
		there.stream().filter(selector::matches).forEach((entry) -> {
			if (entry.tags().isEmpty()) {
				untagged.add(entry.fingerprint());
			}
			else {
				requests.add(RedisRequest.script(Scripts.EVICT, this.keys.entryAndTags(entry))
					.add(entry.fingerprint().toHex()));
			}
		});
		if (!untagged.isEmpty()) {
			requests.addAll(unlinks(untagged));
		}
		return requests.isEmpty() ? 0 : sum(this.patience.await(this.link.send(requests)));
	}

	private void sweep(String tagKey) {
		String tag = this.keys.tagOf(tagKey);
		RedisRequest members = RedisRequest.of("ZRANGE")
			.key(this.keys.tag(this.keys.shardOfTag(tagKey), tag))
			.add(0)
			.add(-1);
		RedisReply reply = this.patience.await(this.link.send(List.of(members))).get(0);
		List<Fingerprint> fingerprints = new ArrayList<>();
		for (int i = 0; i < reply.size(); i++) {
			fingerprints.add(Fingerprint.fromHex(reply.text(i)));
		}
		for (int i = 0; i < fingerprints.size(); i += BATCH) {
			sweep(tag, fingerprints.subList(i, Math.min(i + BATCH, fingerprints.size())));
		}
	}

	private void sweep(String tag, Collection<Fingerprint> fingerprints) {
		List<RedisRequest> requests = new ArrayList<>();
		KeyGroups.byShard(fingerprints).forEach((shard, group) -> {
			List<byte[]> all = new ArrayList<>();
			all.add(this.keys.tag(shard, tag));
			group.forEach((fingerprint) -> all.add(this.keys.entry(fingerprint)));
			RedisRequest request = RedisRequest.script(Scripts.SWEEP, all).add(EntryCodec.label(tag));
			group.forEach((fingerprint) -> request.add(fingerprint.toHex()));
			requests.add(request);
		});
		if (!requests.isEmpty()) {
			this.patience.await(this.link.send(requests));
		}
	}

	private static long sum(List<RedisReply> replies) {
		return replies.stream().mapToLong(RedisReply::number).sum();
	}

}
