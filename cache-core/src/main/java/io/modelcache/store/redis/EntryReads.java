package io.modelcache.store.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries, whole or without their payload.
 */
final class EntryReads {

	/**
	 * How much of an entry is read for its labels, which is enough for most.
	 */
	private static final int BEGINNING = 1024;

	private final RedisLink link;

	private final KeyLayout keys;

	private final ServerClock clock;

	private final Patience patience;

	EntryReads(RedisLink link, KeyLayout keys, ServerClock clock, Patience patience) {
		this.link = link;
		this.keys = keys;
		this.clock = clock;
		this.patience = patience;
	}

	@Nullable StoredEntry get(Fingerprint fingerprint) {
		RedisRequest request = RedisRequest.of("GET").key(this.keys.entry(fingerprint));
		byte[] value = this.patience.await(this.link.send(List.of(request))).get(0).bytes(0);
		return (value != null) ? EntryCodec.read(fingerprint, value, offset()) : null;
	}

	Map<Fingerprint, StoredEntry> getAll(Collection<Fingerprint> fingerprints) {
		if (fingerprints.isEmpty()) {
			return Map.of();
		}
		List<List<Fingerprint>> groups = KeyGroups.of(Set.copyOf(fingerprints), this.link.clustered());
		List<RedisReply> replies = this.patience.await(this.link.send(requests(groups)));
		return entries(groups, replies, offset());
	}

	/**
	 * Read entries without waiting. They are decoded by the client's thread.
	 */
	CompletableFuture<Map<Fingerprint, StoredEntry>> getAllAsync(Collection<Fingerprint> fingerprints) {
		if (fingerprints.isEmpty()) {
			return CompletableFuture.completedFuture(Map.of());
		}
		List<List<Fingerprint>> groups = KeyGroups.of(Set.copyOf(fingerprints), this.link.clustered());
		return Cancellation.compose(this.clock.offset(), (offset) -> Cancellation.map(this.link.send(requests(groups)),
				(replies) -> entries(groups, replies, offset)));
	}

	/**
	 * Read the labels of entries.
	 * @return the entries without their questions and payloads
	 */
	List<StoredEntry> labels(List<Fingerprint> fingerprints) {
		List<StoredEntry> found = new ArrayList<>();
		List<Fingerprint> longer = new ArrayList<>();
		long offset = offset();
		List<byte[]> beginnings = beginnings(fingerprints, BEGINNING);
		for (int i = 0; i < fingerprints.size(); i++) {
			Fingerprint fingerprint = fingerprints.get(i);
			byte[] beginning = beginnings.get(i);
			StoredEntry labels = EntryCodec.readLabels(fingerprint, beginning, offset);
			if (labels == null) {
				longer.add(fingerprint);
			}
			else if (beginning.length > 0) {
				found.add(labels);
			}
		}
		if (!longer.isEmpty()) {
			found.addAll(getAll(longer).values());
		}
		return found;
	}

	private List<byte[]> beginnings(List<Fingerprint> fingerprints, int length) {
		List<RedisRequest> requests = fingerprints.stream()
			.map((fingerprint) -> RedisRequest.of("GETRANGE").key(this.keys.entry(fingerprint)).add(0).add(length - 1))
			.toList();
		if (requests.isEmpty()) {
			return List.of();
		}
		return this.patience.await(this.link.send(requests))
			.stream()
			.map((reply) -> Objects.requireNonNullElse(reply.bytes(0), new byte[0]))
			.toList();
	}

	private List<RedisRequest> requests(List<List<Fingerprint>> groups) {
		List<RedisRequest> requests = new ArrayList<>(groups.size());
		for (List<Fingerprint> group : groups) {
			RedisRequest request = RedisRequest.of("MGET");
			group.forEach((fingerprint) -> request.key(this.keys.entry(fingerprint)));
			requests.add(request);
		}
		return requests;
	}

	private static Map<Fingerprint, StoredEntry> entries(List<List<Fingerprint>> groups, List<RedisReply> replies,
			long offset) {
		Map<Fingerprint, StoredEntry> entries = new HashMap<>();
		for (int i = 0; i < groups.size(); i++) {
			List<Fingerprint> group = groups.get(i);
			for (int j = 0; j < group.size(); j++) {
				byte[] value = replies.get(i).bytes(j);
				if (value != null) {
					entries.put(group.get(j), EntryCodec.read(group.get(j), value, offset));
				}
			}
		}
		return entries;
	}

	private long offset() {
		return this.patience.await(this.clock.offset());
	}

}
