package io.modelcache.chat.semantic;

/**
 * An answer to a question that it was not made for.
 *
 * @param cache where it came from
 * @param hit how
 */
record GivenAnswer(SemanticChatCache cache, RecentHits.Hit hit) {

}
