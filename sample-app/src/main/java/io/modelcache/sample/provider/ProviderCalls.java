package io.modelcache.sample.provider;

/**
 * How many calls the stand-in provider has seen since it started.
 *
 * @param chat the calls for a chat answer, streamed or not
 * @param embeddings the calls for embeddings
 */
public record ProviderCalls(long chat, long embeddings) {
}
