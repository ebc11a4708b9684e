package io.modelcache.chat.semantic;

/**
 * How many words of each kind only one of two questions has.
 *
 * @param content words of content that stand against one of the other question
 * @param moreContent words of content that one question has in addition
 * @param names names among the words of content
 * @param light general words
 * @param relations words that relate others
 * @param numbers numbers
 * @param literals ids, code and the like
 * @param all words of any kind
 */
record Differences(int content, int moreContent, int names, int light, int relations, int numbers, int literals,
		int all) {

	static Differences of(Comparison comparison) {
		Tally asked = new Tally();
		Tally cached = new Tally();
		for (int i = 0; i < comparison.asked().length; i++) {
			if (comparison.onlyAsked(i)) {
				asked.add(comparison.asked()[i]);
			}
		}
		for (int j = 0; j < comparison.cached().length; j++) {
			if (comparison.onlyCached(j)) {
				cached.add(comparison.cached()[j]);
			}
		}
		return new Differences(Math.min(asked.content, cached.content), Math.abs(asked.content - cached.content),
				asked.names + cached.names, asked.light + cached.light, asked.relations + cached.relations,
				asked.numbers + cached.numbers, asked.literals + cached.literals, asked.all + cached.all);
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

	/**
	 * What one of the questions has alone.
	 */
	private static final class Tally {

		private int content;

		private int names;

		private int light;

		private int relations;

		private int numbers;

		private int literals;

		private int all;

		private void add(Word word) {
			this.all++;
			this.names += word.name() ? 1 : 0;
			switch (word.kind()) {
				case CONTENT -> this.content++;
				case LIGHT -> this.light++;
				case RELATION -> this.relations++;
				case NUMBER -> this.numbers++;
				case LITERAL -> this.literals++;
				default -> {
				}
			}
		}

	}

}
