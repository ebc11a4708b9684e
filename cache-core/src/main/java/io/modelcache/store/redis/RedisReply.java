package io.modelcache.store.redis;

import java.util.Collections;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What Redis answered to one command.
 *
 * @param elements the elements of an array, or the only element
 */
record RedisReply(List<@Nullable Object> elements) {

	/**
	 * Make a reply of what a client returns.
	 * @param raw bytes, a number, a list of these or {@code null}
	 */
	@SuppressWarnings("unchecked")
	static RedisReply of(@Nullable Object raw) {
		return new RedisReply((raw instanceof List<?> list) ? (List<@Nullable Object>) list
				: Collections.<@Nullable Object>singletonList(raw));
	}

	int size() {
		return this.elements.size();
	}

	/**
	 * Return one element of an array.
	 * @return its bytes, or {@code null} for nil
	 */
	byte @Nullable [] bytes(int index) {
		Object element = this.elements.get(index);
		return (element instanceof String text) ? text.getBytes(UTF_8) : (byte[]) element;
	}

	/**
	 * Return the only element as a number.
	 */
	long number() {
		return number(0);
	}

	long number(int index) {
		Object element = Objects.requireNonNull(this.elements.get(index), "Redis has left a number out");
		return (element instanceof Number number) ? number.longValue()
				: Long.parseLong(new String(Objects.requireNonNull(bytes(index)), UTF_8));
	}

	/**
	 * Return one element as a number that need not be whole.
	 */
	double decimal(int index) {
		return (this.elements.get(index) instanceof Number number) ? number.doubleValue()
				: Double.parseDouble(text(index));
	}

	/**
	 * Return one element that is an array itself.
	 */
	RedisReply array(int index) {
		return of(this.elements.get(index));
	}

	String text(int index) {
		return new String(Objects.requireNonNull(bytes(index), "Redis has left a text out"), UTF_8);
	}

}
