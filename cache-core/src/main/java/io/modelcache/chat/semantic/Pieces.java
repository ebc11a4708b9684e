package io.modelcache.chat.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Takes apart what stands between two spaces: words joined by a hyphen, a slash or a
 * comma are words of their own, and so are a number and its unit.
 */
final class Pieces {

	private static final String JOINTS = "-/\u2013,;&";

	private static final Set<String> ORDINAL_ENDINGS = Set.of("st", "nd", "rd", "th");

	private Pieces() {
	}

	static List<String> of(String core) {
		List<String> pieces = new ArrayList<>();
		if (!isPlain(core) || NumberWords.cardinal(core.toLowerCase(Locale.ROOT)) != null) {
			add(pieces, core);
			return pieces;
		}
		int from = 0;
		for (int i = 1; i < core.length() - 1; i++) {
			boolean letters = Character.isLetter(core.charAt(i - 1)) || Character.isLetter(core.charAt(i + 1));
			if (letters && joins(core.charAt(i))) {
				add(pieces, core.substring(from, i));
				from = i + 1;
			}
		}
		add(pieces, core.substring(from));
		return pieces;
	}

	private static boolean joins(int c) {
		return JOINTS.indexOf(c) >= 0;
	}

	private static boolean isPlain(String core) {
		return Character.isLetterOrDigit(core.charAt(0))
				&& core.chars().allMatch((c) -> Character.isLetterOrDigit(c) || c == '\'' || c == '.' || joins(c));
	}

	private static void add(List<String> pieces, String piece) {
		int digits = leadingDigits(piece);
		String unit = piece.substring(digits);
		if (digits > 0 && unit.length() > 1 && unit.chars().allMatch(Character::isLetter)
				&& !ORDINAL_ENDINGS.contains(unit)) {
			pieces.add(piece.substring(0, digits));
			pieces.add(unit);
		}
		else if (!piece.isEmpty()) {
			pieces.add(piece);
		}
	}

	private static int leadingDigits(String piece) {
		int digits = 0;
		while (digits < piece.length() && (Character.isDigit(piece.charAt(digits)) || isInsideANumber(piece, digits))) {
			digits++;
		}
		return digits;
	}

	private static boolean isInsideANumber(String piece, int at) {
		return at > 0 && (piece.charAt(at) == '.' || piece.charAt(at) == ',') && at + 1 < piece.length()
				&& Character.isDigit(piece.charAt(at + 1));
	}

}
