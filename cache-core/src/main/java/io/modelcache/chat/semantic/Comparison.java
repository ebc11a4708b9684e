package io.modelcache.chat.semantic;

import java.util.Arrays;

/**
 * Two questions side by side: which words they share, and which only one of them has.
 */
final class Comparison {

	private static final int NONE = -1;

	private final Word[] asked;

	private final Word[] cached;

	/** For each asked word the position of its partner. */
	private final int[] partners;

	private final boolean[] taken;

	private final Differences differences;

	private int synonyms;

	private int spellings;

	Comparison(Word[] asked, Word[] cached) {
		this.asked = asked;
		this.cached = cached;
		this.partners = new int[asked.length];
		this.taken = new boolean[cached.length];
		Arrays.fill(this.partners, NONE);
		pairEqualWords();
		pairRelatedWords();
		this.differences = Differences.of(this);
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
				if (!this.taken[j]) {
					if ((this.asked[i].synonyms() != 0 && this.asked[i].synonyms() == this.cached[j].synonyms())
							|| (Derivation.related(this.asked[i], this.cached[j])
									&& !Antonyms.opposed(this.asked[i].stem(), this.cached[j].stem()))) {
						pair(i, j);
						this.synonyms++;
					}
					else if (Spelling.sameWord(this.asked[i], this.cached[j])) {
						pair(i, j);
						this.spellings++;
					}
				}
			}
		}
	}

	private void pair(int i, int j) {
		this.partners[i] = j;
		this.taken[j] = true;
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

	int synonyms() {
		return this.synonyms;
	}

	int spellings() {
		return this.spellings;
	}

}
