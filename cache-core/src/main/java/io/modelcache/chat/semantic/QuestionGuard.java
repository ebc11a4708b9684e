package io.modelcache.chat.semantic;

/**
 * Refuses questions that ask for something else about the same: when and where, how and
 * whether.
 */
final class QuestionGuard implements Guard {

	@Override
	public String name() {
		return "question";
	}

	@Override
	public boolean refuses(Comparison comparison) {
		return comparison.asksDifferently() && comparison.differences().meaningful() == 0;
	}

}
