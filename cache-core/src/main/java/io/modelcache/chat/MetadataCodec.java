package io.modelcache.chat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.modelcache.UnstorableException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of metadata maps, of a closed set of types, each behind a tag.
 * <p>
 * No class is ever named in the bytes, so none can be smuggled in. A value of any other
 * type, such as an object of a provider's SDK, is left out; but one of Spring AI's own
 * types is meant for callers, so that nothing is written at all.
 */
final class MetadataCodec {

	private static final int MAX_DEPTH = 16;

	private static final int TEXT = 1;

	private static final int TRUE = 2;

	private static final int FALSE = 3;

	private static final int INTEGER = 4;

	private static final int LONG = 5;

	private static final int DOUBLE = 6;

	private static final int FLOAT = 7;

	private static final int BYTES = 8;

	private static final int INSTANT = 9;

	private static final int DURATION = 10;

	private static final int LIST = 11;

	private static final int MAP = 12;

	private static final int NOTHING = 13;

	private static final int BIG_INTEGER = 14;

	private static final int BIG_DECIMAL = 15;

	private MetadataCodec() {
	}

	/**
	 * Tell whether a value comes back as it is.
	 */
	static boolean isKnown(@Nullable Object value) {
		return value != null && isKnown(value, 0);
	}

	private static boolean isKnown(@Nullable Object value, int depth) {
		if (depth > MAX_DEPTH) {
			return false;
		}
		if (value instanceof List<?> list) {
			return list.stream().allMatch((element) -> isKnown(element, depth + 1));
		}
		if (value instanceof Map<?, ?> map) {
			return map.entrySet()
				.stream()
				.allMatch((entry) -> entry.getKey() instanceof String && isKnown(entry.getValue(), depth + 1));
		}
		return value == null || value instanceof String || value instanceof Boolean || isKnownNumber(value)
				|| value instanceof byte[] || value instanceof Instant || value instanceof Duration;
	}

	/**
	 * A class that extends one of these is not known.
	 */
	private static boolean isKnownNumber(Object value) {
		return value instanceof Integer || value instanceof Long || value instanceof Double || value instanceof Float
				|| value.getClass() == BigInteger.class || value.getClass() == BigDecimal.class;
	}

	static void write(ByteWriter out, @Nullable Object value) {
		if (value == null) {
			out.write(NOTHING);
		}
		else if (value instanceof String text) {
			out.write(TEXT);
			out.text(text);
		}
		else if (value instanceof Boolean truth) {
			out.write(truth ? TRUE : FALSE);
		}
		else if (value instanceof Number number) {
			writeNumber(out, number);
		}
		else if (value instanceof byte[] bytes) {
			out.write(BYTES);
			out.array(bytes);
		}
		else if (value instanceof Instant instant) {
			out.write(INSTANT);
			out.number(instant.getEpochSecond());
			out.number(instant.getNano());
		}
		else if (value instanceof Duration duration) {
			out.write(DURATION);
			out.number(duration.getSeconds());
			out.number(duration.getNano());
		}
		else if (value instanceof List<?> list) {
			out.write(LIST);
			out.number(list.size());
			list.forEach((element) -> write(out, element));
		}
		else if (value instanceof Map<?, ?> map) {
			out.write(MAP);
			out.number(map.size());
			map.forEach((key, element) -> {
				out.text((String) key);
				write(out, element);
			});
		}
		else {
			throw new IllegalArgumentException("Not of a known type");
		}
	}

	private static void writeNumber(ByteWriter out, Number number) {
		if (number instanceof Integer || number instanceof Long) {
			out.write((number instanceof Integer) ? INTEGER : LONG);
			out.number(number.longValue());
		}
		else if (number instanceof Double) {
			out.write(DOUBLE);
			out.number(Double.doubleToRawLongBits(number.doubleValue()));
		}
		else if (number instanceof Float) {
			out.write(FLOAT);
			out.number(Float.floatToRawIntBits(number.floatValue()));
		}
		else if (number instanceof BigInteger integer) {
			out.write(BIG_INTEGER);
			out.array(integer.toByteArray());
		}
		else if (number instanceof BigDecimal decimal) {
			out.write(BIG_DECIMAL);
			out.number(decimal.scale());
			out.array(decimal.unscaledValue().toByteArray());
		}
		else {
			throw new IllegalArgumentException("Not a number of a known type");
		}
	}

	/**
	 * Read what {@link #write} wrote of something.
	 */
	static Object readValue(ByteReader in) {
		Object value = read(in, 0);
		if (value == null) {
			throw new IllegalArgumentException("Nothing where a value must be");
		}
		return value;
	}

	private static @Nullable Object read(ByteReader in, int depth) {
		if (depth > MAX_DEPTH + 1) {
			throw new IllegalArgumentException("Nested too deep");
		}
		int tag = in.read();
		return switch (tag) {
			case TEXT -> in.requiredText();
			case TRUE -> true;
			case FALSE -> false;
			case INTEGER -> Math.toIntExact(in.number());
			case LONG -> in.number();
			case DOUBLE -> Double.longBitsToDouble(in.number());
			case FLOAT -> Float.intBitsToFloat(Math.toIntExact(in.number()));
			case BYTES -> in.array();
			case INSTANT -> Instant.ofEpochSecond(in.number(), in.number());
			case DURATION -> Duration.ofSeconds(in.number(), in.number());
			case NOTHING -> null;
			case BIG_INTEGER -> new BigInteger(in.array());
			case BIG_DECIMAL -> decimal(Math.toIntExact(in.number()), in.array());
			case LIST -> list(in, depth);
			case MAP -> map(in, depth);
			default -> throw new IllegalArgumentException("Unknown type: " + tag);
		};
	}

	private static BigDecimal decimal(int scale, byte[] unscaled) {
		return new BigDecimal(new BigInteger(unscaled), scale);
	}

	private static List<@Nullable Object> list(ByteReader in, int depth) {
		int size = in.count();
		List<@Nullable Object> list = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			list.add(read(in, depth + 1));
		}
		return list;
	}

	private static Map<String, @Nullable Object> map(ByteReader in, int depth) {
		int size = in.count();
		Map<String, @Nullable Object> map = new HashMap<>(size * 2);
		for (int i = 0; i < size; i++) {
			map.put(in.requiredText(), read(in, depth + 1));
		}
		return map;
	}

	/**
	 * Write those entries of a map that come back as they are.
	 * @throws UnstorableException if a caller would miss another one
	 */
	static void writeKnown(ByteWriter out, Iterable<? extends Map.Entry<String, Object>> entries,
			java.util.function.Predicate<String> wanted) {
		Map<String, Object> known = new LinkedHashMap<>();
		for (Map.Entry<String, Object> entry : entries) {
			if (!wanted.test(entry.getKey())) {
				continue;
			}
			if (isKnown(entry.getValue())) {
				known.put(entry.getKey(), entry.getValue());
			}
			else if (SpringAiObjects.isIn(entry.getValue())) {
				throw new UnstorableException("metadata");
			}
		}
		write(out, known);
	}

	/**
	 * Read what {@link #writeKnown} wrote.
	 */
	static Map<String, Object> readKnown(ByteReader in) {
		if (in.read() != MAP) {
			throw new IllegalArgumentException("Metadata must be a map");
		}
		int size = in.count();
		Map<String, Object> map = new HashMap<>(size * 2);
		for (int i = 0; i < size; i++) {
			map.put(in.requiredText(), readValue(in));
		}
		return map;
	}

}
