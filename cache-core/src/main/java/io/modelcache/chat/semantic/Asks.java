package io.modelcache.chat.semantic;

import java.util.HashMap;
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

	/** Things that are a manner, a reason, a time, a place or somebody, by stem. */
	private static final Map<String, Integer> THINGS = things();

	private static final Set<String> AMOUNTS = WordList
		.of("many much long far old often big tall fast high deep expensive large");

	/** How far behind "what" the thing may be: "what is the best and fastest way". */
	private static final int REACH = 6;

	private Asks() {
	}

	static int of(Word[] words) {
		int asks = 0;
		for (int i = 0; i < words.length; i++) {
			if (words[i].kind() == WordKind.QUESTION) {
				asks |= at(words, i);
			}
		}
		return (asks != 0) ? asks : WHETHER;
	}

	private static int at(Word[] words, int i) {
		String stem = words[i].stem();
		if (stem.equals("how")) {
			return how((i + 1 < words.length) ? words[i + 1].stem() : "");
		}
		int asks = WORDS.getOrDefault(stem, 0);
		return (asks == THING) ? asks | thing(words, i + 1) : asks;
	}

	private static int how(String next) {
		if (next.equals("come")) {
			return REASON;
		}
		return AMOUNTS.contains(next) ? AMOUNT : MANNER;
	}

	/**
	 * The first thing named behind "what" may say more: the way, the reason, the year;
	 * and "what should I do to" asks for a manner.
	 */
	private static int thing(Word[] words, int from) {
		for (int i = from; i < Math.min(words.length, from + REACH); i++) {
			Integer more = THINGS.get(words[i].stem());
			if (more != null) {
				return more;
			}
			if (words[i].stem().equals("do") && i + 1 < words.length && words[i + 1].stem().equals("to")) {
				return MANNER;
			}
			if (words[i].kind() == WordKind.CONTENT) {
				return 0;
			}
		}
		return 0;
	}

	private static Map<String, Integer> things() {
		Map<String, Integer> things = new HashMap<>();
		Stems.all("way method step technique tip trick approach process procedure")
			.forEach((stem) -> things.put(stem, MANNER));
		Stems.all("reason cause").forEach((stem) -> things.put(stem, REASON));
		Stems.all("time date year day").forEach((stem) -> things.put(stem, TIME));
		Stems.all("place location country city").forEach((stem) -> things.put(stem, PLACE));
		Stems.all("person").forEach((stem) -> things.put(stem, PERSON));
		return Map.copyOf(things);
	}

}
