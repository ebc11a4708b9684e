package io.modelcache.chat.semantic;

import java.util.Set;

/**
 * Refuses questions that want their answer in another format or language.
 */
final class FormatGuard implements Guard {

	@Override
	public String name() {
		return "format";
	}

	private static final Set<String> FORMATS = Stems.all("""
			json xml yaml csv html markdown latex table bullet haiku poem rap
			english french german spanish italian portuguese dutch russian chinese japanese korean hindi arabic turkish
			polish swedish greek latin hebrew""");

	@Override
	public boolean refuses(Comparison comparison) {
		return comparison.anyUnshared((word) -> FORMATS.contains(word.stem()));
	}

}
