package io.modelcache.chat.semantic;

import java.util.List;
import java.util.Set;

/**
 * Tells whether a question is surely English, by its letters and its words of grammar.
 */
final class EnglishDetector {

	private static final int LEAST_SHARE = 6;

	private static final Set<String> ENGLISH = WordList.of("""
			the of and to is are was were be been do does did have has had can could will would should may might must
			what which who whom whose when where why how if than that this these those there their they them he she his
			her you your yours we our us it its my me not isn't aren't don't doesn't didn't can't cannot won't what's
			it's i'm who's where's how's for from with without about into between through during before after because
			while or but by as at all any some every each more most much many very get got make explain describe
			tell give show list write please find help best""");

	/** Words of grammar of other languages in these letters that are none in English. */
	private static final List<Set<String>> OTHERS = List.of(WordList.of("""
			der die das den dem des ein eine einen einem einer eines und ist sind war wie wer wo wann warum wieso welche
			welcher welches nicht kein keine ich du er sie wir ihr mein meine dein auf aus bei mit nach von zu zum zur
			über unter für gegen ohne kann soll muss wird werden haben hat bitte oder aber auch im am vom"""),
			WordList
				.of("""
						le la les un une des du de et est sont était qui que quoi quel quelle quels quelles où quand comment
						pourquoi ne pas je tu il elle nous vous ils elles mon ma mes ton ta tes son sa ses dans sur sous avec
						sans pour par au aux ce cette ces peut dois faut fait être avoir puis-je est-ce qu'est-ce"""),
			WordList.of("""
					el la los las un una unos unas y es son era qué que quién cuál cómo cuándo dónde por para con sin de
					del al en no se mi tu su yo nosotros puedo puede hay está están ser"""),
			WordList
				.of("""
						il lo la gli le un uno una e è sono era che chi come quando dove perché quale quanto con senza per di
						del della dei delle al alla nel nella si mio mia posso può non"""),
			WordList.of("""
					o os um uma e é são era que quem como quando onde por qual para com sem de do da dos das em no na
					nos nas se meu minha posso pode não"""), WordList.of("""
					de het een en zijn was wat wie hoe waar wanneer waarom welke niet geen ik jij hij zij wij mijn op
					uit bij met naar van voor kan moet wordt worden hebben heeft maar ook"""));

	private EnglishDetector() {
	}

	/**
	 * Tell whether a question is surely English.
	 * @param words its words in lower case, without marks
	 * @return whether it is; never for words in other letters, nor without any word of
	 * grammar
	 */
	static boolean isSure(String[] words) {
		int english = 0;
		int strange = 0;
		int letters = 0;
		for (String word : words) {
			if (hasForeignLetters(word)) {
				return false;
			}
			boolean known = ENGLISH.contains(word);
			english += known ? 1 : 0;
			letters += Character.isLetter(word.charAt(0)) ? 1 : 0;
			strange += (!known && hasMarkedLetters(word)) ? 1 : 0;
		}
		return english > 0 && english * LEAST_SHARE >= letters && english > strange + mostOfAnother(words);
	}

	private static int mostOfAnother(String[] words) {
		int most = 0;
		for (Set<String> language : OTHERS) {
			int count = 0;
			for (String word : words) {
				count += (language.contains(word) && !ENGLISH.contains(word)) ? 1 : 0;
			}
			most = Math.max(most, count);
		}
		return most;
	}

	/** Greek letters are those of formulas. */
	private static boolean hasForeignLetters(String word) {
		return word.codePoints().filter(Character::isLetter).anyMatch((letter) -> {
			Character.UnicodeScript script = Character.UnicodeScript.of(letter);
			return script != Character.UnicodeScript.LATIN && script != Character.UnicodeScript.GREEK
					&& script != Character.UnicodeScript.COMMON;
		});
	}

	private static boolean hasMarkedLetters(String word) {
		return word.chars().anyMatch((c) -> c > 127 && Character.isLetter(c));
	}

}
