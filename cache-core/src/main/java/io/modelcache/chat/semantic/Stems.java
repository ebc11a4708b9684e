package io.modelcache.chat.semantic;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings the forms of an English word together: plurals, tenses, spellings.
 */
final class Stems {

	private static final Map<String, String> IRREGULAR = irregular();

	private static final int SHORTEST = 3;

	private Stems() {
	}

	static String of(String lower) {
		String known = IRREGULAR.get(lower);
		if (known != null) {
			return known;
		}
		String stem = withoutSuffix(lower);
		return IRREGULAR.getOrDefault(stem, stem);
	}

	static Set<String> all(String words) {
		return WordList.of(words).stream().map(Stems::of).collect(Collectors.toUnmodifiableSet());
	}

	private static String withoutSuffix(String word) {
		if (word.endsWith("'s")) {
			return withoutSuffix(word.substring(0, word.length() - 2));
		}
		if (word.length() <= SHORTEST) {
			return word;
		}
		if (word.endsWith("ies")) {
			return (word.length() > 4) ? cut(word, 3) + "y" : cut(word, 1);
		}
		if (word.endsWith("sses") || word.endsWith("shes") || word.endsWith("ches") || word.endsWith("xes")) {
			return cut(word, 2);
		}
		if (word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is")) {
			return withoutE(cut(word, 1));
		}
		if (word.endsWith("ied") && word.length() > 4) {
			return cut(word, 3) + "y";
		}
		if (word.endsWith("ed") && hasVowel(word, word.length() - 2)) {
			return undoubled(cut(word, 2));
		}
		if (word.endsWith("ing") && hasVowel(word, word.length() - 3)) {
			return undoubled(cut(word, 3));
		}
		return withoutE(word);
	}

	private static String undoubled(String stem) {
		int last = stem.length() - 1;
		if (last > 1 && stem.charAt(last) == stem.charAt(last - 1) && "lsz".indexOf(stem.charAt(last)) < 0) {
			return stem.substring(0, last);
		}
		return withoutE(stem);
	}

	private static String withoutE(String stem) {
		return (stem.length() > SHORTEST && stem.endsWith("e")) ? cut(stem, 1) : stem;
	}

	private static boolean hasVowel(String word, int end) {
		for (int i = 0; i < end; i++) {
			if ("aeiouy".indexOf(word.charAt(i)) >= 0) {
				return end >= SHORTEST;
			}
		}
		return false;
	}

	private static String cut(String word, int letters) {
		return word.substring(0, word.length() - letters);
	}

	private static Map<String, String> irregular() {
		Map<String, String> stems = new HashMap<>();
		for (String line : FORMS.strip().lines().toList()) {
			List<String> forms = WordList.inOrder(line);
			String stem = withoutSuffix(forms.get(0));
			for (String form : forms) {
				stems.put(form, stem);
			}
		}
		return Map.copyOf(stems);
	}

	private static final String FORMS = """
			man men
			woman women
			child children kid kids
			person people persons peoples human humans
			foot feet
			tooth teeth
			mouse mice
			wife wives
			knife knives
			leaf leaves
			half halves
			go goes went gone going
			use uses used using
			try tries tried trying
			fridge refrigerator fridges refrigerators
			weird weirdest weirder
			strange strangest stranger
			get gets got gotten
			give gave given
			take took taken
			make made
			see saw seen
			say said
			tell told
			think thought
			know knew known
			come came
			become became
			find found
			feel felt
			leave left
			lose lost
			buy bought
			bring brought
			teach taught
			catch caught
			fight fought
			sell sold
			hold held
			keep kept
			sleep slept
			meet met
			mean meant
			send sent
			spend spent
			build built
			win won
			write wrote written
			speak spoke spoken
			break broke broken
			choose chose chosen
			drive drove driven
			eat ate eaten
			fall fell fallen
			fly flew flown
			forget forgot forgotten
			grow grew grown
			hide hid hidden
			begin began begun
			drink drank drunk
			sing sang sung
			swim swam swum
			run ran
			stand stood
			understand understood
			pay paid
			wear wore worn
			die died dies dying
			lie lied lies lying
			color colour colors colours
			favorite favourite favorites favourites
			behavior behaviour
			labor labour
			center centre
			organization organisation
			program programme
			gray grey
			info information
			math maths mathematics
			app application apps applications
			phone phones cellphone cellphones smartphone smartphones
			mom mum mother moms mothers
			dad father dads fathers
			movie movies film films
			pic pics picture pictures photo photos photograph photographs
			tv television
			ad ads advertisement advertisements
			exam exams examination examinations
			uni university universities
			usa u.s u.s.a american americans
			uk u.k
			news news
			""";

}
