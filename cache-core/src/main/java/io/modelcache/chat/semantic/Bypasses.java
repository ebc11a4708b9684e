package io.modelcache.chat.semantic;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds questions whose answer depends on the moment or on the person, and requests that
 * act.
 */
final class Bypasses {

	private static final Set<String> MOMENTS = WordList.of("""
			today tonight tomorrow yesterday now currently current latest newest
			weather forecast price prices news""");

	private static final Set<String> PERIODS = WordList.of("week month year weekend morning afternoon evening minute");

	private static final Set<String> MINE = Set.of("my", "our");

	private static final Set<String> BELONGINGS = WordList.of("""
			order orders balance bill bills invoice invoices subscription appointment appointments booking bookings
			reservation reservations payment payments transaction transactions transfer delivery package parcel shipment
			ticket tickets claim claims refund statement schedule calendar meeting meetings inbox email emails
			username grade grades prescription results location name""");

	private static final Set<String> ACTS = WordList.of("""
			cancel transfer delete remove erase send pay buy purchase order book reserve schedule refund close activate
			deactivate block unblock freeze unfreeze reset update change set turn switch enable disable stop restart
			reboot shutdown shut add submit approve reject confirm move rename upload install uninstall subscribe
			unsubscribe call email text remind play pause lock unlock deploy increase decrease raise lower withdraw
			deposit renew upgrade downgrade revoke grant drop insert merge commit push publish post reply forward""");

	private static final Set<String> WISHES = WordList
		.of("please kindly i we you want need would like can could will to 'd i'd let's me us just now");

	private Bypasses() {
	}

	/**
	 * Return why a similar question must not answer.
	 * @param words the words of the question in lower case, without marks
	 * @return {@code acting}, {@code personal}, {@code volatile} or {@code null}
	 */
	static @Nullable String reason(String[] words) {
		if (acts(words)) {
			return "acting";
		}
		if (isPersonal(words)) {
			return "personal";
		}
		return isVolatile(words) ? "volatile" : null;
	}

	/**
	 * A request that acts begins with the act, perhaps behind a wish.
	 */
	private static boolean acts(String[] words) {
		int first = 0;
		while (first < words.length && WISHES.contains(words[first])) {
			first++;
		}
		boolean asked = first > 1 && (words[0].equals("can") || words[0].equals("could")) && !words[1].equals("you");
		return !asked && first < words.length && ACTS.contains(words[first]);
	}

	/**
	 * How to do something with one's own is asked by everybody, where it is by one.
	 */
	private static boolean isPersonal(String[] words) {
		if (words.length == 0 || (words[0].equals("how") && !(words.length > 1 && words[1].equals("much")))) {
			return false;
		}
		for (int i = 0; i + 1 < words.length; i++) {
			if (MINE.contains(words[i]) && (BELONGINGS.contains(words[i + 1])
					|| (i + 2 < words.length && BELONGINGS.contains(words[i + 2])))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isVolatile(String[] words) {
		for (int i = 0; i < words.length; i++) {
			if (MOMENTS.contains(words[i]) || (i > 0 && PERIODS.contains(words[i]) && words[i - 1].equals("this"))) {
				return true;
			}
		}
		return false;
	}

}
