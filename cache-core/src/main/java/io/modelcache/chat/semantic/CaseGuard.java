package io.modelcache.chat.semantic;

import java.util.Locale;
import java.util.Set;

/**
 * Refuses questions with a word that is a name only when it has a capital: Polish and
 * polish.
 */
final class CaseGuard implements Guard {

	@Override
	public String name() {
		return "case";
	}

	private static final Set<String> NAMES_BY_CASE = Stems.all("""
			polish turkey china march may august job reading nice mobile bill mark rob jack frank grace hope joy rose
			will pat sue ray dean""");

	@Override
	public boolean refuses(Comparison comparison) {
		for (int i = 0; i < comparison.asked().length; i++) {
			if (!comparison.onlyAsked(i) && differ(comparison.asked()[i], comparison.cached()[comparison.partner(i)])) {
				return true;
			}
		}
		return comparison.anyUnsharedPair((asked, cached) -> isTwin(asked, cached) || isTwin(cached, asked));
	}

	/** An acronym and the word of grammar in its letters. */
	private static boolean isTwin(Word acronym, Word word) {
		return word.kind() != WordKind.CONTENT && (acronym.stem().equals(word.stem().toUpperCase(Locale.ROOT))
				|| (acronym.stem().equals("usa") && word.stem().equals("us")));
	}

	private static boolean differ(Word asked, Word cached) {
		return asked.letters() != cached.letters() && asked.letters() != Letters.SILENT
				&& cached.letters() != Letters.SILENT && NAMES_BY_CASE.contains(asked.stem());
	}

}
