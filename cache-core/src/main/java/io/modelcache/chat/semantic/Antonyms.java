package io.modelcache.chat.semantic;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Words of which one says the opposite of the other, by stem.
 */
final class Antonyms {

	private static final Map<String, Set<String>> OPPOSITES = opposites();

	private static final String[] PREFIXES = { "un", "in", "im", "ir", "il", "dis", "non", "anti", "mis", "de" };

	private static final int SHORTEST = 4;

	private Antonyms() {
	}

	static boolean opposed(String stem, String other) {
		return OPPOSITES.getOrDefault(stem, Set.of()).contains(other) || negates(stem, other) || negates(other, stem)
				|| diverge(stem, other);
	}

	/**
	 * Tell whether the first is the second behind a prefix that turns it round.
	 */
	private static boolean negates(String stem, String other) {
		if (other.length() < SHORTEST || !stem.endsWith(other)) {
			return false;
		}
		int prefix = stem.length() - other.length();
		for (String negation : PREFIXES) {
			if (negation.length() == prefix && stem.startsWith(negation)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Tell whether one lacks what the other has plenty of.
	 */
	private static boolean diverge(String stem, String other) {
		return lacks(stem, other) || lacks(other, stem);
	}

	private static boolean lacks(String stem, String other) {
		return stem.length() > SHORTEST && stem.endsWith("less") && (other.endsWith("ful") || other.endsWith("y"))
				&& other.startsWith(stem.substring(0, stem.length() - 4));
	}

	private static Map<String, Set<String>> opposites() {
		Map<String, Set<String>> opposites = new HashMap<>();
		for (String line : PAIRS.strip().lines().toList()) {
			int bar = line.indexOf('|');
			for (String one : WordList.inOrder(line.substring(0, bar))) {
				for (String other : WordList.inOrder(line.substring(bar + 1))) {
					addBoth(opposites, one, other);
				}
			}
		}
		return Map.copyOf(opposites);
	}

	/** Words of grammar are kept as they are, others as stems. */
	private static void addBoth(Map<String, Set<String>> opposites, String one, String other) {
		for (String a : forms(one)) {
			for (String b : forms(other)) {
				add(opposites, a, b);
				add(opposites, b, a);
			}
		}
	}

	private static Set<String> forms(String word) {
		Set<String> forms = new HashSet<>(List.of(word, Stems.of(word)));
		String root = (word.endsWith("e") || word.endsWith("y")) ? word.substring(0, word.length() - 1) : word;
		String link = word.endsWith("y") ? "ie" : "e";
		forms.add(root + link + "r");
		forms.add(root + link + "st");
		return forms;
	}

	private static void add(Map<String, Set<String>> opposites, String one, String other) {
		opposites.computeIfAbsent(one, (stem) -> new HashSet<>()).add(other);
	}

	private static final String PAIRS = """
			on | off
			up | down
			inside | outside
			into | out
			over above | under below
			before prior | after
			with | without
			for | against
			more most | less least fewer
			many much | few little
			all every everyone everybody everything always | no none nobody nothing never
			all | some
			always often | never rarely seldom
			first | last
			next | previous
			early earlier earliest | late later latest
			past | future
			old | new young
			ancient | modern
			start begin open launch | stop end finish quit close
			open unlock | close shut lock
			enable activate allow permit | disable deactivate forbid prohibit prevent block ban deny
			allow | disallow
			accept approve | reject refuse decline deny
			add insert include | remove delete subtract exclude
			create make build | delete destroy
			install | uninstall
			increase raise grow gain rise expand | decrease reduce lower shrink lose fall drop cut contract
			improve | worsen
			strengthen | weaken
			strong | weak
			high higher highest tall | low lower lowest short
			maximum max maximize | minimum min minimize
			big large bigger larger biggest largest | small little smaller smallest tiny
			long longer longest | short shorter shortest brief
			wide broad | narrow
			thick fat | thin
			heavy | light
			deep | shallow
			fast quick faster fastest quickly | slow slower slowest slowly
			hot warm heat | cold cool
			wet | dry
			full | empty
			hard tough difficult | easy soft simple
			simple | complex complicated
			good great better best top finest | bad poor worse worst terrible
			positive | negative
			pro | con
			advantage benefit strength | disadvantage drawback weakness
			true right correct | false wrong incorrect
			real genuine | fake artificial
			legal | illegal
			safe | dangerous unsafe risky
			healthy | unhealthy sick ill
			alive live | dead die
			life birth born | death
			rich wealthy | poor
			cheap inexpensive cheaper cheapest | expensive costly
			free | paid
			public | private
			male man boy | female woman girl
			husband | wife
			boyfriend | girlfriend
			father dad son brother uncle | mother mom daughter sister aunt
			king prince | queen princess
			parent | child
			teacher | student
			employer | employee
			buyer | seller
			buy purchase | sell
			lend | borrow
			import | export
			send | receive
			give | take receive
			win | lose
			winner | loser
			victory | defeat
			profit | loss
			income revenue | expense cost
			deposit | withdraw withdrawal
			credit | debit
			asset | liability
			supply | demand
			earn save | spend
			push | pull
			come arrive enter | go leave depart exit
			arrival | departure
			entrance entry | exit
			love like | hate dislike
			happy glad | sad unhappy
			friend | enemy
			war | peace
			attack | defend
			attack offense | defense
			smart intelligent clever | stupid dumb
			beautiful pretty attractive | ugly
			brave | coward
			clean | dirty
			bright | dark
			light | dark
			day | night
			morning | evening night
			summer | winter
			spring | autumn fall
			north northern | south southern
			east eastern | west western
			left | right
			front | back rear
			top | bottom
			upper | lower
			internal inner | external outer
			interior | exterior
			indoor | outdoor
			domestic national | international foreign
			local | global remote
			online | offline
			introvert introverted | extrovert extroverted
			optimistic optimist | pessimistic pessimist
			liberal | conservative
			democrat | republican
			major | minor
			majority | minority
			senior | junior
			master | slave
			guilty | innocent
			remember | forget
			find | lose
			success succeed | failure fail
			pass | fail
			hire | fire
			marry marriage | divorce
			encode encrypt | decode decrypt
			compress zip | decompress unzip extract
			upload | download
			read | write
			encrypt lock | decrypt unlock
			input | output
			client | server
			frontend | backend
			synchronous sync | asynchronous async
			static | dynamic
			odd | even
			plus | minus
			multiply | divide
			addition | subtraction
			horizontal | vertical
			convex | concave
			ascending | descending
			acid | base
			liquid solid | gas
			raw | cooked
			vegetarian vegan | carnivore
			hypertension | hypotension
			hyperthyroidism | hypothyroidism
			inhale | exhale
			sleep asleep | wake awake
			gain | lose
			mount | unmount
			attach connect join | detach disconnect separate
			follow | unfollow block
			subscribe | unsubscribe
			freeze | unfreeze melt thaw
			show display | hide
			reveal | conceal
			appear | disappear
			agree | disagree
			support | oppose
			same similar | different
			similarity | difference
			cause | effect prevent
			cause | cure
			waive | charge
			taxable | tax-free
			gross | net
			fixed | variable
			temporary | permanent
			absolute | relative
			fully completely entirely totally | partially partly
			include cover | exclude
			minimum least | most
			overrate | underrate
			overweight | underweight
			overestimate | underestimate
			""";

}
