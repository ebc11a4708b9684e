package io.modelcache.chat.semantic;

/**
 * Refuses questions with different numbers, however they are written.
 */
final class NumberGuard implements Guard {

	@Override
	public String name() {
		return "number";
	}

	@Override
	public boolean refuses(Comparison comparison) {
		return comparison.differences().numbers() > 0;
	}

}
