package io.modelcache.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * How long an answer is fresh: a positive duration, or for ever.
 *
 * @param duration the duration, or {@code null} for ever
 */
record TimeToLive(@Nullable Duration duration) {

	private static final String NONE = "none";

	private static final List<ChronoUnit> UNITS = List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES,
			ChronoUnit.SECONDS);

	/**
	 * Read a property; the container calls this method to convert a text.
	 * @param text a duration in the style of Spring Boot, such as {@code 1d}, or
	 * {@code none}
	 * @return the time to live, or {@code null} if the text is blank
	 * @throws IllegalArgumentException if the text is neither, or the duration is not
	 * positive
	 */
	public static @Nullable TimeToLive valueOf(String text) {
		if (text.isBlank()) {
			return null;
		}
		return new TimeToLive(NONE.equalsIgnoreCase(text.trim()) ? null : parse(text.trim()));
	}

	private static Duration parse(String text) {
		Duration duration = read(text);
		if (duration == null || duration.isNegative() || duration.isZero()) {
			throw new IllegalArgumentException((duration != null)
					? "a time to live must be positive; write a duration such as 1d, 8h or 30m, none for answers that "
							+ "do not expire, or set the provider to none to cache nothing"
					: "that is no time to live; write a duration such as 1d, 8h or 30m, or none for answers that do "
							+ "not expire");
		}
		return duration;
	}

	/**
	 * The failure of the parser would hide what is said here.
	 */
	private static @Nullable Duration read(String text) {
		try {
			return DurationStyle.detectAndParse(text);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			return null;
		}
	}

	@Override
	public String toString() {
		if (this.duration == null) {
			return NONE;
		}
		for (ChronoUnit unit : UNITS) {
			if (this.duration.equals(unit.getDuration().multipliedBy(this.duration.dividedBy(unit.getDuration())))) {
				return DurationStyle.SIMPLE.print(this.duration, unit);
			}
		}
		return this.duration.toString();
	}

}
