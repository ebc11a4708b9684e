package io.modelcache.chat.semantic;

import java.util.Arrays;
import java.util.Set;

/**
 * Tells whether two questions say the same words in an order that means something else.
 */
final class Order {

	private static final Set<String> ARTICLES = Set.of("a", "an", "the");

	private static final Set<String> SYMMETRIC = Set.of("and", "or", "vs", "versus");

	private final Word[] asked;

	private final Word[] cached;

	private int start;

	private int askedEnd;

	private int cachedEnd;

	private Order(Word[] asked, Word[] cached) {
		this.asked = asked;
		this.cached = cached;
		this.askedEnd = asked.length;
		this.cachedEnd = cached.length;
	}

	/**
	 * Tell whether both have the same words, but not merely with the sides of an "and"
	 * exchanged.
	 */
	static boolean turnedRound(Comparison comparison) {
		if (comparison.differences().all() > 0) {
			return false;
		}
		Order order = new Order(withoutArticles(comparison.asked()), withoutArticles(comparison.cached()));
		order.cutWhatIsEqual();
		return !order.isExchange();
	}

	/**
	 * Tell whether two words are the sides of an "and".
	 */
	static boolean joined(Word[] words, Word one, Word other) {
		for (int i = 1; i + 1 < words.length; i++) {
			if (SYMMETRIC.contains(words[i].stem()) && ((words[i - 1].same(one) && words[i + 1].same(other))
					|| (words[i - 1].same(other) && words[i + 1].same(one)))) {
				return true;
			}
		}
		return false;
	}

	private static Word[] withoutArticles(Word[] words) {
		return Arrays.stream(words).filter((word) -> !ARTICLES.contains(word.stem())).toArray(Word[]::new);
	}

	private void cutWhatIsEqual() {
		while (this.start < this.askedEnd && this.start < this.cachedEnd
				&& this.asked[this.start].same(this.cached[this.start])) {
			this.start++;
		}
		while (this.askedEnd > this.start && this.cachedEnd > this.start
				&& this.asked[this.askedEnd - 1].same(this.cached[this.cachedEnd - 1])) {
			this.askedEnd--;
			this.cachedEnd--;
		}
	}

	private boolean isExchange() {
		for (int at = this.start; at < this.askedEnd; at++) {
			if (SYMMETRIC.contains(this.asked[at].stem()) && isExchangeAround(at)) {
				return true;
			}
		}
		return false;
	}

	private boolean isExchangeAround(int at) {
		int left = at - this.start;
		int right = this.askedEnd - at - 1;
		return left + right + 1 == this.cachedEnd - this.start && this.cached[this.start + right].same(this.asked[at])
				&& equal(this.start, this.cachedEnd - left, left) && equal(at + 1, this.start, right);
	}

	private boolean equal(int askedFrom, int cachedFrom, int count) {
		for (int i = 0; i < count; i++) {
			if (!this.asked[askedFrom + i].same(this.cached[cachedFrom + i])) {
				return false;
			}
		}
		return true;
	}

}
