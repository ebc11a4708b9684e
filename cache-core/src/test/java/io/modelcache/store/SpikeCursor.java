package io.modelcache.store;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Where a walk of the Redis spike goes on: Redis's own cursor and, before that, what
 * Redis returned beyond the size of the page.
 *
 * @param next the cursor of Redis, or {@link #END}
 * @param rest what comes first
 */
record SpikeCursor(String next, List<Fingerprint> rest) {

	static final String END = "end";

	static SpikeCursor parse(@Nullable String cursor) {
		if (cursor == null) {
			return new SpikeCursor("0", List.of());
		}
		if (!cursor.matches("(\\d+|end(?=,))(,\\p{XDigit}{64})*")) {
			throw new IllegalArgumentException("The cursor is not one of this store");
		}
		String[] parts = cursor.split(",");
		return new SpikeCursor(parts[0], Stream.of(parts).skip(1).map(Fingerprint::fromHex).toList());
	}

	static @Nullable String format(String next, List<Fingerprint> rest) {
		if (next.equals(END) && rest.isEmpty()) {
			return null;
		}
		return Stream.concat(Stream.of(next), rest.stream().map(Fingerprint::toHex)).collect(Collectors.joining(","));
	}

}
