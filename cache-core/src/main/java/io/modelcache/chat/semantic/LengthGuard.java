package io.modelcache.chat.semantic;

/**
 * Refuses questions of which one is more than two and a half times as long as the other.
 */
final class LengthGuard implements Guard {

	@Override
	public String name() {
		return "length";
	}

	private static final double LARGEST_RATIO = 2.5;

	@Override
	public boolean refuses(Comparison comparison) {
		int asked = comparison.asked().length;
		int cached = comparison.cached().length;
		return Math.max(asked, cached) > LARGEST_RATIO * Math.min(asked, cached);
	}

}
