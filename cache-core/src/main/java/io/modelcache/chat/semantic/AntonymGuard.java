package io.modelcache.chat.semantic;

/**
 * Refuses questions of which one says the opposite of a word of the other.
 */
final class AntonymGuard implements Guard {

	@Override
	public String name() {
		return "antonym";
	}

	@Override
	public boolean refuses(Comparison comparison) {
		return comparison.anyUnsharedPair((asked, cached) -> Antonyms.opposed(asked.stem(), cached.stem()));
	}

}
