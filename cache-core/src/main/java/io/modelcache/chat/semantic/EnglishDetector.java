package io.modelcache.chat.semantic;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Tells whether a question is surely English, by its letters and its words of grammar.
 */
final class EnglishDetector {

	/** At least one word in so many must be of English grammar. */
	private static final int LEAST_SHARE = 6;

	private static final Set<String> ENGLISH = WordList
		.of("""
				the and is are was were been do does did has have had could would should might may will what which who whom
				whose when where why how if than that this these those there their they she he his her you your yours we our
				us it its i my me with without about into through before after because while but or any some every each more
				isn't aren't wasn't don't doesn't didn't can't couldn't shouldn't wouldn't cannot won't what's whats it's i'm
				i've who's where's how's for not get make explain describe tell give show list write please find help best
				good great like between have be can to of as by at so in on an a from over under up out no all most much many
				must difference someone really people person know think believe work money life thing things world year years
				learn learning using use used way ways reduce increase improve start buy sell earn made mean meaning being
				become feel look looking thinking working women men children friend friends better worst famous cheap easy
				quickly real wrong right young country language question questions answer answers word words kill killing
				mental health disease weight hair skin sleep read reading writing written speak possible share your""");

	/**
	 * Words of grammar of other languages in these letters, also those that look English.
	 */
	private static final List<Set<String>> OTHERS = List.of(WordList.of("""
			der die das den dem des ein eine einen einem einer eines und ist sind war was wie wer wo wann warum wieso
			welche welcher welches nicht kein keine ich du er sie wir ihr mein meine dein auf aus bei mit nach von zu
			zum zur über unter für gegen ohne kann soll muss wird will werden haben hat bitte oder aber auch im am vom
			in an so also her es"""), WordList.of("""
			le la les un une des du de et est sont était qui que quoi quel quelle quels quelles où quand comment
			pourquoi ne pas je tu il elle nous vous ils elles mon ma mes ton ta tes son sa ses dans sur sous avec sans
			pour par au aux ce cette ces peut dois faut fait être avoir puis-je est-ce qu'est-ce a on me en y se or"""),
			WordList.of("""
					el la los las un una unos unas y es son era qué que quién cuál cómo cuándo dónde por para con sin de
					del al en se mi tu su yo nosotros puedo puede hay está están ser a me no he has o lo"""),
			WordList.of("""
					il lo la gli le un uno una e è sono era che chi come quando dove perché quale quanto con senza per
					di del della dei delle al alla nel nella si mio mia posso può non a i in me no o da"""),
			WordList.of("""
					o os um uma e é são era que quem como quando onde por qual para com sem de da dos das em na nos nas
					se meu minha posso pode não a as do me no for foi ao"""), WordList.of("""
					de het een en zijn was wat wie hoe waar wanneer waarom welke niet geen ik jij hij zij wij mijn op
					uit bij met naar van voor kan moet wordt worden hebben heeft maar ook is of in we me over had die
					dat er dan te als"""), WordList.of("""
					og och er är det den en et ett som med på av att ikke inte hvad vad hur hvordan hvorfor varför jeg
					jag du vi kan skal ska hvor i for at over man har de til till från fra"""),
			WordList
				.of("""
						to by my we do na nie jest jak co czy w z i po od jakie który która gdzie kiedy dlaczego się są a"""),
			WordList.of("""
					a az hogy és mi nem egy on ja ei se mikä miten bir ve ne nasıl mi bu için di yang dan apa itu ini
					untuk adalah ang ng at sa este care la un si cum ce de"""));

	private EnglishDetector() {
	}

	/**
	 * Tell whether a question is surely English.
	 * @param words its words in lower case, without marks
	 * @return whether it is; never with words in other letters, nor without any word of
	 * grammar
	 */
	static boolean isSure(String[] words) {
		if (Arrays.stream(words).anyMatch(EnglishDetector::hasForeignLetters)) {
			return false;
		}
		int english = count(words, ENGLISH);
		long letters = Arrays.stream(words).filter((word) -> Character.isLetter(word.charAt(0))).count();
		if ((long) english * LEAST_SHARE < letters || english <= marked(words)) {
			return false;
		}
		return OTHERS.stream().allMatch((language) -> english > count(words, language));
	}

	private static int count(String[] words, Set<String> language) {
		int count = 0;
		for (String word : words) {
			count += language.contains(word) ? 1 : 0;
		}
		return count;
	}

	private static long marked(String[] words) {
		return Arrays.stream(words)
			.filter((word) -> word.chars().anyMatch((c) -> c > 127 && Character.isLetter(c)))
			.count();
	}

	/** Greek letters are those of formulas. */
	private static boolean hasForeignLetters(String word) {
		return word.codePoints().filter(Character::isLetter).anyMatch((letter) -> {
			Character.UnicodeScript script = Character.UnicodeScript.of(letter);
			return script != Character.UnicodeScript.LATIN && script != Character.UnicodeScript.GREEK
					&& script != Character.UnicodeScript.COMMON;
		});
	}

}
