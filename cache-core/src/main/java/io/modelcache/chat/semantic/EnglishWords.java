package io.modelcache.chat.semantic;

import java.util.Set;

/**
 * The closed classes of English words.
 */
final class EnglishWords {

	private static final Set<String> QUESTION = WordList.of("what which who whom whose when where why how");

	private static final Set<String> NEGATION = WordList
		.of("not no never cannot without nor neither nobody nothing nowhere none hardly barely ain't");

	private static final Set<String> FUNCTION = WordList
		.of("""
				a an the this that these those there here it its itself i me my mine myself we us our ours ourselves you
				your yours yourself he him his himself she her hers herself they them their theirs themselves one oneself
				someone somebody anyone anybody everyone everybody something anything
				is are was were be been being am do does did doing done have has had having can could will would shall should
				may might must ought
				and or but if so because as while since though although whether then else also too either both
				of at by for in with about into onto upon to
				very really actually just quite rather ever even still already yet exactly please ok okay
				im s etc eg ie hi hello hey thanks thank dear kindly""");

	private static final Set<String> RELATION = WordList.of("""
			from than before after until till during between among against over under above below up down on off out
			through across along around behind beyond inside outside near toward towards per via versus vs like unlike
			except besides instead despite
			more less most least fewer few many much all every each any some enough only other another
			same different again always often sometimes usually rarely seldom once twice
			today tomorrow yesterday now currently nowadays ago soon later earlier first last next previous""");

	private static final Set<String> LIGHT = WordList.of("""
			way thing stuff kind type sort example people person man lot bit case fact
			best good better great nice
			get make take go come give use work need want know think feel say tell
			look see find try start happen mean become keep let put ask help show
			possible able difference important main simple easy easily quickly fast effectively properly correctly
			word question answer reason step tip advice suggestion idea method procedure
			opinion view thought favorite top various certain particular
			interesting amazing cool awesome
			truly absolutely fairly totally definitely honestly literally probably normally
			real actual general generally basically currently simply completely
			life day time year world place part
			list describe explain define write create provide include related""");

	/** Acronyms that in lower case are words of grammar. */
	private static final Set<String> ACRONYMS = Set.of("us", "it", "who", "am", "is");

	private EnglishWords() {
	}

	/**
	 * Tell whether an acronym is a word of grammar in small letters.
	 */
	static boolean isGrammar(String acronym) {
		return ACRONYMS.contains(acronym);
	}

	/**
	 * Return the kind of a word that is neither number nor literal.
	 * @param lower the word in lower case
	 * @return its kind
	 */
	static WordKind kindOf(String lower) {
		if (NEGATION.contains(lower)) {
			return WordKind.NEGATION;
		}
		if (QUESTION.contains(lower)) {
			return WordKind.QUESTION;
		}
		if (RELATION.contains(lower)) {
			return WordKind.RELATION;
		}
		if (FUNCTION.contains(lower)) {
			return WordKind.FUNCTION;
		}
		return (LIGHT.contains(lower) || LIGHT.contains(Stems.of(lower))) ? WordKind.LIGHT : WordKind.CONTENT;
	}

}
