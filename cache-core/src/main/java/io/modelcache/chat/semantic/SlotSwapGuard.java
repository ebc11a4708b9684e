package io.modelcache.chat.semantic;

/**
 * Refuses questions that are equal but for one or two words of content.
 */
final class SlotSwapGuard implements Guard {

	@Override
	public String name() {
		return "slot-swap";
	}

	private static final int MOST = 2;

	@Override
	public boolean refuses(Comparison comparison) {
		Differences differences = comparison.differences();
		return differences.content() > 0 && differences.content() <= MOST
				&& differences.all() == 2 * differences.content();
	}

}
