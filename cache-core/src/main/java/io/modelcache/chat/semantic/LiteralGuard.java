package io.modelcache.chat.semantic;

/**
 * Refuses questions with different ids, paths, code, amounts or units.
 */
final class LiteralGuard implements Guard {

	@Override
	public String name() {
		return "literal";
	}

	@Override
	public boolean refuses(Comparison comparison) {
		return comparison.differences().literals() > 0;
	}

}
