package io.modelcache.chat.semantic;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The guards that are switched on, asked one after the other.
 */
final class Guards {

	private static final List<Guard> ALL = List.of(new LengthGuard(), new NumberGuard(), new LiteralGuard(),
			new QuotationGuard(), new NegationGuard(), new AntonymGuard(), new FamilyGuard(), new FormatGuard(),
			new NameGuard(), new SlotSwapGuard(), new DirectionGuard(), new QuestionGuard(), new CaseGuard());

	private final Guard[] guards;

	private Guards(Guard[] guards) {
		this.guards = guards;
	}

	static Guards without(Collection<String> disabled) {
		return new Guards(ALL.stream().filter((guard) -> !disabled.contains(guard.name())).toArray(Guard[]::new));
	}

	/**
	 * Return the names of all guards there are.
	 */
	static Set<String> names() {
		Set<String> names = new LinkedHashSet<>();
		ALL.forEach((guard) -> names.add(guard.name()));
		return names;
	}

	/**
	 * Return the name of the first guard that refuses.
	 */
	@Nullable String refusal(Comparison comparison) {
		for (Guard guard : this.guards) {
			if (guard.refuses(comparison)) {
				return guard.name();
			}
		}
		return null;
	}

}
