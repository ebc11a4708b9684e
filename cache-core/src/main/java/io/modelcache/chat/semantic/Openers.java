package io.modelcache.chat.semantic;

import java.util.Set;

/**
 * The words with which questions and requests begin.
 */
final class Openers {

	private static final Set<String> GRAMMAR = WordList.of("""
			what what's whats which who who's whose whom when when's where where's wheres why why's how how's hows
			is are was were am do does did have has had can could should would must shall isn't aren't wasn't weren't
			don't doesn't didn't haven't hasn't hadn't can't couldn't shouldn't wouldn't won't
			in on at for from with without by to of about as if the an my your our his her their this that these those
			there it's i'm i've i'll he she they we you it please""");

	private static final Set<String> REQUESTS = WordList.of("""
			tell explain give show describe list write create find help name define compare summarize summarise
			suggest recommend provide translate calculate convert let""");

	private Openers() {
	}

	/**
	 * Tell whether a word at the start is no name.
	 * @param lower a word in lower case
	 * @return whether it is a word of grammar or a request
	 */
	static boolean startAQuestion(String lower) {
		return GRAMMAR.contains(lower) || REQUESTS.contains(lower);
	}

}
