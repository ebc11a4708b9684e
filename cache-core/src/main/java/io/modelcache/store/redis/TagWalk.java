package io.modelcache.store.redis;

import java.util.ArrayList;
import java.util.List;

import io.modelcache.key.Fingerprint;

/**
 * A way along the sets of one tag.
 */
final class TagWalk implements Walk {

	private final RedisLink link;

	private final Patience patience;

	private final KeyLayout keys;

	private final String tag;

	TagWalk(RedisLink link, Patience patience, KeyLayout keys, String tag) {
		this.link = link;
		this.patience = patience;
		this.keys = keys;
		this.tag = tag;
	}

	@Override
	public ScanPosition start() {
		return from(0);
	}

	@Override
	public ScanPosition step(ScanPosition position, int count) {
		int shard = shard(position.place());
		RedisReply reply = this.patience.await(this.link.send(List.of(RedisRequest.of("ZSCAN")
			.key(this.keys.tag(shard, this.tag))
			.add(position.cursor())
			.add("COUNT")
			.add(count)))).get(0);
		RedisReply members = reply.array(1);
		List<Fingerprint> found = new ArrayList<>();
		for (int i = 0; i < members.size(); i += 2) {
			found.add(Fingerprint.fromHex(members.text(i)));
		}
		String next = reply.text(0);
		ScanPosition following = next.equals(ScanPosition.ZERO) ? from(shard + 1)
				: new ScanPosition(position.place(), next, List.of());
		return new ScanPosition(following.place(), following.cursor(), found);
	}

	/**
	 * Go to the next set that is there.
	 */
	private ScanPosition from(int first) {
		List<RedisRequest> requests = new ArrayList<>();
		for (int shard = first; shard < KeyLayout.SHARDS; shard++) {
			requests.add(RedisRequest.of("EXISTS").key(this.keys.tag(shard, this.tag)));
		}
		if (!requests.isEmpty()) {
			List<RedisReply> replies = this.patience.await(this.link.send(requests));
			for (int i = 0; i < replies.size(); i++) {
				if (replies.get(i).number() > 0) {
					return ScanPosition.startOf(Integer.toString(first + i));
				}
			}
		}
		return ScanPosition.end();
	}

	private static int shard(String place) {
		if (!place.matches("\\d{1,3}") || Integer.parseInt(place) >= KeyLayout.SHARDS) {
			throw new IllegalArgumentException("The cursor is not one of this store");
		}
		return Integer.parseInt(place);
	}

}
