package io.modelcache.chat.semantic;

/**
 * How many words of each kind only one of two questions has.
 *
 * @param content words of content that stand against one of the other question
 * @param moreContent words of content that one question has in addition
 * @param names names among the words of content
 * @param light general words
 * @param relations words that relate others
 * @param questions words that ask
 * @param grammar words of grammar
 * @param numbers numbers
 * @param literals ids, code and the like
 */
record Differences(int content, int moreContent, int names, int light, int relations, int questions, int grammar,
		int numbers, int literals) {

	private static final int KINDS = WordKind.values().length;

	static Differences of(Comparison comparison) {
		int[] asked = new int[KINDS];
		int[] cached = new int[KINDS];
		int names = 0;
		for (int i = 0; i < comparison.asked().length; i++) {
			if (comparison.onlyAsked(i)) {
				asked[comparison.asked()[i].kind().ordinal()]++;
				names += comparison.asked()[i].name() ? 1 : 0;
			}
		}
		for (int j = 0; j < comparison.cached().length; j++) {
			if (comparison.onlyCached(j)) {
				cached[comparison.cached()[j].kind().ordinal()]++;
				names += comparison.cached()[j].name() ? 1 : 0;
			}
		}
		int content = WordKind.CONTENT.ordinal();
		return new Differences(Math.min(asked[content], cached[content]), Math.abs(asked[content] - cached[content]),
				names, sum(asked, cached, WordKind.LIGHT), sum(asked, cached, WordKind.RELATION),
				sum(asked, cached, WordKind.QUESTION), sum(asked, cached, WordKind.FUNCTION),
				sum(asked, cached, WordKind.NUMBER), sum(asked, cached, WordKind.LITERAL));
	}

	private static int sum(int[] asked, int[] cached, WordKind kind) {
		return asked[kind.ordinal()] + cached[kind.ordinal()];
	}

	int contents() {
		return 2 * this.content + this.moreContent;
	}

	/**
	 * Return how many words only one of the questions has, but for grammar.
	 */
	int meaningful() {
		return contents() + this.light + this.relations + this.numbers + this.literals;
	}

	int all() {
		return meaningful() + this.questions + this.grammar;
	}

}
