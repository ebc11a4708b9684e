package io.modelcache.chat.semantic;

import org.jspecify.annotations.Nullable;

/**
 * Refuses questions with the same words the other way round: from A to B, from B to A.
 */
final class DirectionGuard implements Guard {

	@Override
	public String name() {
		return "direction";
	}

	private static final String[] MARKERS = { "from", "than", "into", "over", "after", "before", "to" };

	@Override
	public boolean refuses(Comparison comparison) {
		return comparison.inverted() && (Order.turnedRound(comparison) || exchangedRoundAMarker(comparison));
	}

	private static boolean exchangedRoundAMarker(Comparison comparison) {
		Word[] asked = comparison.asked();
		Word[] cached = comparison.cached();
		for (String marker : MARKERS) {
			if (!marker.equals("to") || comparison.differences().contents() == 0 || follower(asked, "from") != null) {
				Word one = follower(asked, marker);
				Word other = follower(cached, marker);
				if (one != null && other != null && !one.same(other) && has(asked, other) && has(cached, one)
						&& !Order.joined(asked, one, other)) {
					return true;
				}
			}
		}
		return false;
	}

	private static @Nullable Word follower(Word[] words, String marker) {
		for (int i = 0; i + 1 < words.length; i++) {
			if (words[i].stem().equals(marker)) {
				return Negations.nextOfContent(words, i + 1);
			}
		}
		return null;
	}

	private static boolean has(Word[] words, Word word) {
		for (Word each : words) {
			if (each.same(word)) {
				return true;
			}
		}
		return false;
	}

}
