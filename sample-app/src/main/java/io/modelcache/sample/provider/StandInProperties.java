package io.modelcache.sample.provider;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How long the stand-in provider takes over an answer, and where it listens.
 *
 * @param port the port, or 0 for a free one; its address is part of every key, so answers
 * that outlive the process are found again on the same port only
 * @param chatDelay the time for a chat answer
 * @param embeddingDelay the time for a call for embeddings, whatever its size
 */
@ConfigurationProperties("sample.provider")
record StandInProperties(@DefaultValue("0") int port, @DefaultValue("900ms") Duration chatDelay,
		@DefaultValue("60ms") Duration embeddingDelay) {

	StandInProperties {
		Assert.isTrue(!chatDelay.isNegative(), "sample.provider.chat-delay must not be negative");
		Assert.isTrue(!embeddingDelay.isNegative(), "sample.provider.embedding-delay must not be negative");
	}

}
