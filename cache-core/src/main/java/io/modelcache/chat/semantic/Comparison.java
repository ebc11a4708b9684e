package io.modelcache.chat.semantic;

import java.util.Arrays;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Two questions side by side: which words they share, and which only one of them has.
 */
final class Comparison {

	private static final int NONE = -1;

	private final ReadQuestion askedQuestion;

	private final ReadQuestion cachedQuestion;

	private final Word[] asked;

	private final Word[] cached;

	/** For each asked word the position of its partner. */
	private final int[] partners;

	private final boolean[] taken;

	private final Differences differences;

	private int related;

	private Comparison(ReadQuestion asked, ReadQuestion cached) {
		this.askedQuestion = asked;
		this.cachedQuestion = cached;
		this.asked = asked.words();
		this.cached = cached.words();
		this.partners = new int[this.asked.length];
		this.taken = new boolean[this.cached.length];
		Arrays.fill(this.partners, NONE);
		pairEqualWords();
		pairRelatedWords();
		this.differences = Differences.of(this);
	}

	/**
	 * Compare two questions, with the same result whichever was asked.
	 */
	static Comparison of(ReadQuestion asked, ReadQuestion cached) {
		return (asked.text().compareTo(cached.text()) <= 0) ? new Comparison(asked, cached)
				: new Comparison(cached, asked);
	}

	private void pairEqualWords() {
		int expected = 0;
		for (int i = 0; i < this.asked.length; i++) {
			int found = find(this.asked[i], expected);
			if (found != NONE) {
				pair(i, found);
				expected = found + 1;
			}
		}
	}

	/** Prefer the partner that keeps the order. */
	private int find(Word word, int from) {
		for (int k = 0; k < this.cached.length; k++) {
			int j = (from + k) % this.cached.length;
			if (!this.taken[j] && word.same(this.cached[j])) {
				return j;
			}
		}
		return NONE;
	}

	private void pairRelatedWords() {
		for (int i = 0; i < this.asked.length; i++) {
			for (int j = 0; j < this.cached.length && this.partners[i] == NONE; j++) {
				if (!this.taken[j] && related(this.asked[i], this.cached[j])) {
					pair(i, j);
					this.related++;
				}
			}
		}
	}

	private static boolean related(Word asked, Word cached) {
		return (asked.synonyms() != 0 && asked.synonyms() == cached.synonyms())
				|| (Derivation.related(asked, cached) && !Antonyms.opposed(asked.stem(), cached.stem()))
				|| Spelling.sameWord(asked, cached);
	}

	private void pair(int i, int j) {
		this.partners[i] = j;
		this.taken[j] = true;
	}

	ReadQuestion askedQuestion() {
		return this.askedQuestion;
	}

	ReadQuestion cachedQuestion() {
		return this.cachedQuestion;
	}

	Word[] asked() {
		return this.asked;
	}

	Word[] cached() {
		return this.cached;
	}

	int partner(int i) {
		return this.partners[i];
	}

	boolean onlyAsked(int i) {
		return this.partners[i] == NONE;
	}

	boolean onlyCached(int j) {
		return !this.taken[j];
	}

	Differences differences() {
		return this.differences;
	}

	/**
	 * Tell whether between the same neighbours each question has other words of content.
	 */
	boolean slotSwap() {
		return Slots.anySwap(this);
	}

	/**
	 * Tell whether shared words, other than grammar, come in another order.
	 */
	boolean inverted() {
		int last = NONE;
		for (int i = 0; i < this.asked.length; i++) {
			if (this.partners[i] != NONE && this.asked[i].kind() != WordKind.FUNCTION) {
				if (this.partners[i] < last) {
					return true;
				}
				last = this.partners[i];
			}
		}
		return false;
	}

	/**
	 * Tell whether the questions consist of the same words in the same order.
	 */
	boolean sameWords() {
		return related() == 0 && !inverted() && !anyUnshared((word) -> true);
	}

	/**
	 * Return how many words are shared only as a synonym, another form or a slip.
	 */
	int related() {
		return this.related;
	}

	/**
	 * Return how many words of content are shared.
	 */
	int sharedContent() {
		int shared = 0;
		for (int i = 0; i < this.asked.length; i++) {
			shared += (!onlyAsked(i) && this.asked[i].specific()) ? 1 : 0;
		}
		return shared;
	}

	boolean asksDifferently() {
		return (this.askedQuestion.asksFor() & this.cachedQuestion.asksFor()) == 0;
	}

	/**
	 * Tell whether a word of only one of the questions is as given.
	 */
	boolean anyUnshared(Predicate<Word> test) {
		for (int i = 0; i < this.asked.length; i++) {
			if (onlyAsked(i) && test.test(this.asked[i])) {
				return true;
			}
		}
		for (int j = 0; j < this.cached.length; j++) {
			if (onlyCached(j) && test.test(this.cached[j])) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Tell whether a word of only the one and a word of only the other are as given.
	 */
	boolean anyUnsharedPair(BiPredicate<Word, Word> test) {
		for (int i = 0; i < this.asked.length; i++) {
			for (int j = 0; onlyAsked(i) && j < this.cached.length; j++) {
				if (onlyCached(j) && test.test(this.asked[i], this.cached[j])) {
					return true;
				}
			}
		}
		return false;
	}

}
