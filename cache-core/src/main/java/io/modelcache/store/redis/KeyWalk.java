package io.modelcache.store.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.modelcache.key.Fingerprint;

/**
 * A way along the keys of one server after the other.
 */
final class KeyWalk implements Walk {

	private final RedisLink link;

	private final Patience patience;

	private final KeyLayout keys;

	KeyWalk(RedisLink link, Patience patience, KeyLayout keys) {
		this.link = link;
		this.patience = patience;
		this.keys = keys;
	}

	@Override
	public ScanPosition start() {
		return after("");
	}

	@Override
	public ScanPosition step(ScanPosition position, int count) {
		List<Fingerprint> found = new ArrayList<>();
		String next = scan(position.place(), position.cursor(), this.keys.entryPattern(), count, (key) -> {
			Fingerprint fingerprint = this.keys.fingerprint(key);
			if (fingerprint != null) {
				found.add(fingerprint);
			}
		});
		ScanPosition following = next.equals(ScanPosition.ZERO) ? after(position.place())
				: new ScanPosition(position.place(), next, List.of());
		return new ScanPosition(following.place(), following.cursor(), found);
	}

	/**
	 * Walk along the sets of all tags.
	 */
	void forEachTag(int count, Consumer<String> action) {
		forEach(this.keys.tagPattern(), count, action);
	}

	/**
	 * Walk along all vector sets.
	 */
	void forEachVectorSet(int count, Consumer<String> action) {
		forEach(this.keys.vectorsPattern(), count, action);
	}

	private void forEach(String pattern, int count, Consumer<String> action) {
		for (String node : nodes()) {
			String cursor = ScanPosition.ZERO;
			do {
				cursor = scan(name(node), cursor, pattern, count, action);
			}
			while (!cursor.equals(ScanPosition.ZERO));
		}
	}

	private String scan(String name, String cursor, String pattern, int count, Consumer<String> action) {
		String node = nodes().stream()
			.filter((candidate) -> name(candidate).equals(name))
			.findAny()
			.orElseThrow(() -> new IllegalArgumentException("The cursor is not one of this store"));
		RedisReply reply = this.patience.await(this.link.send(node,
				RedisRequest.of("SCAN").add(cursor).add("MATCH").add(pattern).add("COUNT").add(count)));
		RedisReply found = reply.array(1);
		for (int i = 0; i < found.size(); i++) {
			action.accept(found.text(i));
		}
		return Objects.requireNonNull(reply.text(0));
	}

	private ScanPosition after(String name) {
		return nodes().stream()
			.map(KeyWalk::name)
			.filter((candidate) -> candidate.compareTo(name) > 0)
			.findFirst()
			.map(ScanPosition::startOf)
			.orElseGet(ScanPosition::end);
	}

	private List<String> nodes() {
		return this.patience.await(this.link.nodes());
	}

	/**
	 * Return the name of a server in a cursor, which is not empty.
	 */
	private static String name(String node) {
		return "n" + node;
	}

}
