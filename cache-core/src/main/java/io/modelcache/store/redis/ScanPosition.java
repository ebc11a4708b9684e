package io.modelcache.store.redis;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Where a walk goes on: what Redis has returned beyond the size of a page comes first,
 * then what Redis returns next.
 *
 * @param place the server or the shard, or {@link #END}
 * @param cursor the cursor of Redis
 * @param rest what comes first
 */
record ScanPosition(String place, String cursor, List<Fingerprint> rest) {

	/**
	 * The place behind the last one.
	 */
	static final String END = "end";

	/**
	 * The cursor with which Redis begins, and which it returns at last.
	 */
	static final String ZERO = "0";

	private static final Pattern FORM = Pattern
		.compile("([0-9A-Za-z_-]*)\\.(\\d{1,20})((?:\\.[0-9a-f]{%d})*)".formatted(2 * Fingerprint.BYTES));

	static ScanPosition startOf(String place) {
		return new ScanPosition(place, ZERO, List.of());
	}

	static ScanPosition end() {
		return startOf(END);
	}

	/**
	 * Read a cursor.
	 * @throws IllegalArgumentException if it was not written here
	 */
	static ScanPosition parse(String text) {
		Matcher matcher = FORM.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("The cursor is not one of this store");
		}
		List<Fingerprint> rest = Stream.of(matcher.group(3).split("\\."))
			.filter((hex) -> !hex.isEmpty())
			.map(Fingerprint::fromHex)
			.toList();
		return new ScanPosition(matcher.group(1), matcher.group(2), rest);
	}

	/**
	 * Return the cursor.
	 * @return the cursor, or {@code null} if there is nothing more
	 */
	@Nullable String format() {
		return isOver() ? null
				: Stream.concat(Stream.of(this.place, this.cursor), this.rest.stream().map(Fingerprint::toHex))
					.collect(Collectors.joining("."));
	}

	boolean isOver() {
		return this.rest.isEmpty() && isAtEnd();
	}

	boolean isAtEnd() {
		return this.place.equals(END);
	}

	/**
	 * Return the position after some of the rest.
	 */
	ScanPosition skip(int count) {
		return new ScanPosition(this.place, this.cursor, this.rest.subList(count, this.rest.size()));
	}

}
