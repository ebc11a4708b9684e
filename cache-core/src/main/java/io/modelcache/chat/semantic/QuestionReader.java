package io.modelcache.chat.semantic;

/**
 * Reads questions: their canonical form, whether a similar one may answer, and what the
 * guards look at. Immutable and thread-safe.
 */
final class QuestionReader {

	private final SemanticRules rules;

	QuestionReader(SemanticRules rules) {
		this.rules = rules;
	}

	/**
	 * Read a question.
	 * @param text any text
	 * @return what was read
	 */
	ReadQuestion read(String text) {
		String canonical = text.strip();
		return new ReadQuestion(text, canonical, whyExactOnly(canonical), null);
	}

	private @org.jspecify.annotations.Nullable String whyExactOnly(String stripped) {
		if (stripped.isEmpty()) {
			return "blank";
		}
		return (stripped.split("\\s+").length > this.rules.maxInput()) ? "too-long" : null;
	}

}
