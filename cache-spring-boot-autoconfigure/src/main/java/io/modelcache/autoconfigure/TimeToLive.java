package io.modelcache.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * How long an answer is fresh: a positive duration, or for ever.
 *
 * @param duration the duration, or {@code null} for ever
 */
public record TimeToLive(@Nullable Duration duration) {

	private static final String NONE = "none";

	/**
	 * Check the duration.
	 * @throws IllegalArgumentException if it is zero or negative
	 */
	public TimeToLive {
		if (duration != null && (duration.isNegative() || duration.isZero())) {
			throw new IllegalArgumentException("a time to live must be positive, such as 1d, 8h or 30m; write none for "
					+ "answers that do not expire, or set provider to none to cache nothing");
		}
	}

	/**
	 * Read a property.
	 * @param text a duration in the style of Spring Boot, such as {@code 1d}, or
	 * {@code none}
	 * @return the time to live
	 * @throws IllegalArgumentException if the text is neither, or the duration is not
	 * positive
	 */
	public static TimeToLive valueOf(String text) {
		if (NONE.equalsIgnoreCase(text.trim())) {
			return new TimeToLive(null);
		}
		return new TimeToLive(parse(text.trim()));
	}

	private static Duration parse(String text) {
		try {
			return DurationStyle.detectAndParse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"'%s' is no time to live; write a duration such as 1d, 8h or 30m, or none".formatted(text), ex);
		}
	}

	@Override
	public String toString() {
		return (this.duration != null) ? this.duration.toString() : NONE;
	}

}
