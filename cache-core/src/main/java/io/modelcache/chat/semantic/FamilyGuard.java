package io.modelcache.chat.semantic;

/**
 * Refuses questions about two members of a family that exclude each other, as months and
 * countries do.
 */
final class FamilyGuard implements Guard {

	@Override
	public String name() {
		return "family";
	}

	@Override
	public boolean refuses(Comparison comparison) {
		return comparison.anyUnsharedPair((asked, cached) -> asked.family() != 0 && asked.family() == cached.family());
	}

}
