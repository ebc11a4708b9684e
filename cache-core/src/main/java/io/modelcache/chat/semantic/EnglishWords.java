package io.modelcache.chat.semantic;

import java.util.Set;

/**
 * The closed classes of English words.
 */
final class EnglishWords {

	static final Set<String> QUESTION = WordList.of("what which who whom whose when where why how");

	static final Set<String> NEGATION = WordList
		.of("not no never cannot without nor neither nobody nothing nowhere none hardly barely ain't");

	static final Set<String> FUNCTION = WordList
		.of("""
				a an the this that these those there here it its itself i me my mine myself we us our ours ourselves you
				your yours yourself he him his himself she her hers herself they them their theirs themselves one oneself
				someone somebody anyone anybody everyone everybody something anything
				is are was were be been being am do does did doing done have has had having can could will would shall should
				may might must ought
				and or but if so because as while since though although whether then else also too either both
				of at by for in with about into onto upon to
				very really actually just quite rather ever even still already yet exactly please ok okay
				s etc eg ie hi hello hey thanks thank dear kindly""");

	static final Set<String> RELATION = WordList.of("""
			from than before after until till during between among against over under above below up down on off out
			through across along around behind beyond inside outside near toward towards per via versus vs like unlike
			except besides instead despite
			more less most least fewer few many much all every each any some enough only other another
			same different again always often sometimes usually rarely seldom once twice
			today tomorrow yesterday now currently nowadays ago soon later earlier first last next previous""");

	static final Set<String> LIGHT = WordList.of("""
			way thing stuff kind type sort example people person man lot bit case fact
			best good better great nice
			get make take go come give use work need want know think feel say tell
			look see find try start happen mean become keep let put ask help show
			possible able difference important main simple easy easily quickly fast effectively properly correctly
			word question answer reason step tip advice suggestion idea method procedure
			opinion view thought favorite top various certain particular
			real actual general generally basically currently simply completely
			life day time year world place part
			list describe explain define write create provide include related""");

	private EnglishWords() {
	}

}
