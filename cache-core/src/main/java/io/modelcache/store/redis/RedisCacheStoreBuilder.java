package io.modelcache.store.redis;

import java.time.Duration;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * Collects the settings of a {@link RedisCacheStore}.
 */
public final class RedisCacheStoreBuilder {

	private static final boolean LETTUCE_PRESENT = isPresent("io.lettuce.core.RedisClient");

	private static final boolean JEDIS_PRESENT = isPresent("redis.clients.jedis.Jedis");

	private final RedisConnectionFactory connectionFactory;

	private KeyLayout keys = new KeyLayout("modelcache:");

	private InstantSource clock = InstantSource.system();

	private Duration timeout = Duration.ofSeconds(2);

	RedisCacheStoreBuilder(RedisConnectionFactory connectionFactory) {
		this.connectionFactory = connectionFactory;
	}

	/**
	 * Set what all keys and the channel of the news begin with.
	 * @param prefix 1 to 100 letters, digits and characters of {@code ._:/-}
	 * @return this builder
	 * @throws IllegalArgumentException if the prefix is another text
	 */
	public RedisCacheStoreBuilder keyPrefix(String prefix) {
		this.keys = new KeyLayout(prefix);
		return this;
	}

	/**
	 * Set the clock in whose terms entries come and go.
	 * @param clock the clock
	 * @return this builder
	 */
	public RedisCacheStoreBuilder clock(InstantSource clock) {
		this.clock = clock;
		return this;
	}

	/**
	 * Set how long each step of a method that waits waits for the server; 2 seconds by
	 * default. Who wants less sets a deadline around the store.
	 * @param timeout the time, more than none
	 * @return this builder
	 */
	public RedisCacheStoreBuilder timeout(Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("'timeout' must be positive, not " + timeout);
		}
		this.timeout = timeout;
		return this;
	}

	/**
	 * Build the store. The server need not be there yet.
	 * @return a new store, to be closed before its connection factory
	 * @throws IllegalArgumentException if the client cannot be used with a cluster
	 */
	public RedisCacheStore build() {
		RedisLink link = lettuceLink(this.connectionFactory);
		if (link != null) {
			return new LettuceCacheStore(link, this);
		}
		if (JEDIS_PRESENT && this.connectionFactory instanceof JedisConnectionFactory jedis
				&& jedis.isRedisClusterAware()) {
			throw new IllegalArgumentException("A Redis cluster needs Lettuce instead of Jedis");
		}
		return new RedisCacheStore(new BlockingLink(this.connectionFactory), this);
	}

	/**
	 * Return the way to the server by Lettuce.
	 * @return the way, or {@code null} if the connections are those of another client
	 */
	static @Nullable RedisLink lettuceLink(RedisConnectionFactory connectionFactory) {
		return (LETTUCE_PRESENT && connectionFactory instanceof LettuceConnectionFactory lettuce)
				? new LettuceLink(lettuce) : null;
	}

	RedisConnectionFactory connectionFactory() {
		return this.connectionFactory;
	}

	KeyLayout keys() {
		return this.keys;
	}

	/**
	 * Return the channel on which removals are told.
	 */
	byte[] channel() {
		return this.keys.news(database(this.connectionFactory));
	}

	private static int database(RedisConnectionFactory connectionFactory) {
		if (LETTUCE_PRESENT && connectionFactory instanceof LettuceConnectionFactory lettuce) {
			return lettuce.isClusterAware() ? 0 : lettuce.getDatabase();
		}
		return (JEDIS_PRESENT && connectionFactory instanceof JedisConnectionFactory jedis) ? jedis.getDatabase() : 0;
	}

	InstantSource clock() {
		return this.clock;
	}

	Duration timeout() {
		return this.timeout;
	}

	private static boolean isPresent(String className) {
		return ClassUtils.isPresent(className, RedisCacheStoreBuilder.class.getClassLoader());
	}

}
