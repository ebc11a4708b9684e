package io.modelcache.chat;

import java.util.List;

/**
 * In which pieces an answer was streamed.
 *
 * @param pieces for each generation the number of characters of each piece of its text;
 * empty for an answer that was not streamed
 * @param usageApart whether the usage came in a last piece of its own, without
 * generations
 */
public record StreamShape(List<List<Integer>> pieces, boolean usageApart) {

	/**
	 * The shape of an answer that was not streamed.
	 */
	public static final StreamShape WHOLE = new StreamShape(List.of(), true);

	/**
	 * Copy the pieces.
	 */
	public StreamShape {
		pieces = pieces.stream().map(List::copyOf).toList();
	}

}
