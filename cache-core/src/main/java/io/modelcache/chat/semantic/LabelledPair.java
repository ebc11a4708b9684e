package io.modelcache.chat.semantic;

/**
 * Two questions of which is known whether one answer serves both.
 *
 * @param question the one question
 * @param other the other question
 * @param equivalent whether the answer to the one is an answer to the other
 */
public record LabelledPair(String question, String other, boolean equivalent) {
}
