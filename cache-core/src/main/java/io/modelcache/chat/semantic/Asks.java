package io.modelcache.chat.semantic;

import java.util.Map;
import java.util.Set;

/**
 * What a question asks for, as a set of bits: a reason, a time, a place, somebody, an
 * amount, a manner, a thing; or whether something is so.
 */
final class Asks {

	static final int REASON = 1;

	static final int TIME = 2;

	static final int PLACE = 4;

	static final int PERSON = 8;

	static final int AMOUNT = 16;

	static final int MANNER = 32;

	static final int THING = 64;

	static final int WHETHER = 128;

	private static final Map<String, Integer> WORDS = Map.of("why", REASON, "when", TIME, "where", PLACE, "who", PERSON,
			"whom", PERSON, "whose", PERSON, "what", THING, "which", THING);

	private static final Set<String> AMOUNTS = WordList
		.of("many much long far old often big tall fast high deep expensive large");

	private Asks() {
	}

	static int of(Word[] words) {
		int asks = 0;
		for (int i = 0; i < words.length; i++) {
			if (words[i].kind() == WordKind.QUESTION) {
				asks |= WORDS.getOrDefault(words[i].stem(), 0);
				if (words[i].stem().equals("how")) {
					asks |= how((i + 1 < words.length) ? words[i + 1].stem() : "");
				}
			}
		}
		return (asks != 0) ? asks : WHETHER;
	}

	private static int how(String next) {
		if (next.equals("come")) {
			return REASON;
		}
		return AMOUNTS.contains(next) ? AMOUNT : MANNER;
	}

}
