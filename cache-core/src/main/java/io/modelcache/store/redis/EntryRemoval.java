package io.modelcache.store.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

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

	EntryRemoval(RedisLink link, KeyLayout keys, Patience patience, EntryReads reads) {
		this.link = link;
		this.keys = keys;
		this.patience = patience;
		this.reads = reads;
	}

	/**
	 * Remove entries.
	 * @return how many there were
	 */
	CompletableFuture<Long> evictAll(Collection<Fingerprint> fingerprints) {
		if (fingerprints.isEmpty()) {
			return CompletableFuture.completedFuture(0L);
		}
		List<RedisRequest> requests = new ArrayList<>();
		for (List<Fingerprint> group : KeyGroups.of(Set.copyOf(fingerprints), this.link.clustered())) {
			RedisRequest request = RedisRequest.of("UNLINK");
			group.forEach((fingerprint) -> request.key(this.keys.entry(fingerprint)));
			requests.add(request);
		}
		return Cancellation.map(this.link.send(requests), EntryRemoval::sum);
	}

	/**
	 * Remove all entries that a selector matches.
	 * @return how many there were
	 */
	long evict(Selector selector) {
		KeyWalk all = new KeyWalk(this.link, this.patience, this.keys);
		String tag = selector.tag();
		Walk walk = (tag != null) ? new TagWalk(this.link, this.patience, this.keys, tag) : all;
		long evicted = 0;
		ScanPosition position = walk.start();
		while (!position.isAtEnd()) {
			position = walk.step(position, BATCH);
			List<Fingerprint> found = position.rest();
			for (int i = 0; i < found.size(); i += BATCH) {
				evicted += evict(found.subList(i, Math.min(i + BATCH, found.size())), selector);
			}
		}
		if (selector.equals(Selector.all())) {
			all.forEachTag(BATCH, this::sweep);
		}
		return evicted;
	}

	private long evict(List<Fingerprint> found, Selector selector) {
		if (selector.equals(Selector.all())) {
			return this.patience.await(evictAll(found));
		}
		List<StoredEntry> there = this.reads.labels(found);
		List<Fingerprint> matching = there.stream().filter(selector::matches).map(StoredEntry::fingerprint).toList();
		String tag = selector.tag();
		if (tag == null) {
			return this.patience.await(evictAll(matching));
		}
		Set<Fingerprint> gone = new HashSet<>(found);
		there.forEach((entry) -> gone.remove(entry.fingerprint()));
		run(Scripts.SWEEP, tag, gone);
		return run(Scripts.EVICT, tag, matching);
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
			run(Scripts.SWEEP, tag, fingerprints.subList(i, Math.min(i + BATCH, fingerprints.size())));
		}
	}

	private long run(String script, String tag, Collection<Fingerprint> fingerprints) {
		List<RedisRequest> requests = new ArrayList<>();
		KeyGroups.byShard(fingerprints).forEach((shard, group) -> {
			List<byte[]> all = new ArrayList<>();
			all.add(this.keys.tag(shard, tag));
			group.forEach((fingerprint) -> all.add(this.keys.entry(fingerprint)));
			RedisRequest request = RedisRequest.script(script, all);
			group.forEach((fingerprint) -> request.add(fingerprint.toHex()));
			requests.add(request);
		});
		return requests.isEmpty() ? 0 : sum(this.patience.await(this.link.send(requests)));
	}

	private static long sum(List<RedisReply> replies) {
		return replies.stream().mapToLong(RedisReply::number).sum();
	}

}
