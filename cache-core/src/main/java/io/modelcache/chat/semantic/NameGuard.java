package io.modelcache.chat.semantic;

/**
 * Refuses questions in which a name stands where the other has something else.
 */
final class NameGuard implements Guard {

	@Override
	public String name() {
		return "name";
	}

	private static final int MOST = 2;

	@Override
	public boolean refuses(Comparison comparison) {
		Differences differences = comparison.differences();
		return differences.names() > 0 && differences.content() > 0 && differences.content() <= MOST
				&& comparison.slotSwap();
	}

}
