package io.modelcache.chat.semantic;

import java.time.Duration;
import java.time.InstantSource;

import io.modelcache.store.redis.RedisCacheStore;
import io.modelcache.store.redis.RedisVectorSets;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Collects the settings of a {@link RedisSemanticIndex}.
 */
public final class RedisSemanticIndexBuilder {

	private final RedisConnectionFactory connectionFactory;

	private String keyPrefix = "modelcache:";

	private InstantSource clock = InstantSource.system();

	private Duration timeout = Duration.ofMillis(200);

	RedisSemanticIndexBuilder(RedisConnectionFactory connectionFactory) {
		this.connectionFactory = connectionFactory;
	}

	/**
	 * Set what all keys begin with. It may be the prefix of a store.
	 * @param prefix 1 to 100 letters, digits and characters of {@code ._:/-}
	 * @return this builder
	 * @throws IllegalArgumentException if the prefix is another text
	 */
	public RedisSemanticIndexBuilder keyPrefix(String prefix) {
		this.keyPrefix = RedisCacheStore.requireKeyPrefix(prefix);
		return this;
	}

	/**
	 * Set the clock in whose terms entries end.
	 * @param clock the clock
	 * @return this builder
	 */
	public RedisSemanticIndexBuilder clock(InstantSource clock) {
		this.clock = clock;
		return this;
	}

	/**
	 * Set how long a method waits for the server at most.
	 * @param timeout the time, more than none
	 * @return this builder
	 */
	public RedisSemanticIndexBuilder timeout(Duration timeout) {
		this.timeout = timeout;
		return this;
	}

	/**
	 * Build the index. The server need not be there yet.
	 * @return a new index, to be closed before its connection factory
	 * @throws IllegalArgumentException if the client is not Lettuce, or the time-out is
	 * not positive
	 */
	public RedisSemanticIndex build() {
		return new RedisSemanticIndex(
				RedisVectorSets.open(this.connectionFactory, this.keyPrefix, this.clock, this.timeout));
	}

}
