package io.modelcache.chat.semantic;

/**
 * One word of a question.
 *
 * @param stem what stands for all forms of the word
 * @param kind what it contributes
 * @param name whether its capital letter says that it is a name
 * @param letters what its capital letter says about this very word
 * @param synonyms the number of its group of synonyms, or 0
 * @param family the number of its family of words that exclude each other, or 0
 * @param hash the hash of the stem, for quick comparison
 */
record Word(String stem, WordKind kind, boolean name, Letters letters, int synonyms, int family, int hash) {

	static Word of(String stem, WordKind kind) {
		return of(stem, kind, false, Letters.SILENT);
	}

	static Word of(String stem, WordKind kind, boolean name, Letters letters) {
		return new Word(stem, kind, name, letters, Synonyms.groupOf(stem), Siblings.familyOf(stem), stem.hashCode());
	}

	boolean same(Word other) {
		return this.hash == other.hash && this.stem.equals(other.stem);
	}

	boolean specific() {
		return this.kind == WordKind.CONTENT || this.kind == WordKind.NUMBER || this.kind == WordKind.LITERAL;
	}

}
