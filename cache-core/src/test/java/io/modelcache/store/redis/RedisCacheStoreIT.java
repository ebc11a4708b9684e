package io.modelcache.store.redis;

import io.modelcache.testing.RedisClusterFixture;
import io.modelcache.testing.RedisContainerFixture;
import io.modelcache.testing.RedisServerFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The contract of {@link RedisCacheStore} on real servers.
 */
class RedisCacheStoreIT {

	/**
	 * Redis 6.2, the oldest server that is supported.
	 */
	@Nested
	class OnRedis6 extends RedisStoreContract {

		@RegisterExtension
		static final RedisServerFixture server = RedisServerFixture.embedded();

		@Override
		RedisConnectionFactory connect() {
			return new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", server.port()));
		}

	}

	/**
	 * Redis 8.
	 */
	@Nested
	class OnRedis8 extends RedisStoreContract {

		@RegisterExtension
		static final RedisContainerFixture server = RedisContainerFixture.redis8();

		@Override
		RedisConnectionFactory connect() {
			return new LettuceConnectionFactory(new RedisStandaloneConfiguration(server.host(), server.port()));
		}

	}

	/**
	 * Valkey.
	 */
	@Nested
	class OnValkey extends RedisStoreContract {

		@RegisterExtension
		static final RedisContainerFixture server = RedisContainerFixture.valkey();

		@Override
		RedisConnectionFactory connect() {
			return new LettuceConnectionFactory(new RedisStandaloneConfiguration(server.host(), server.port()));
		}

	}

	/**
	 * A cluster of three servers.
	 */
	@Nested
	class OnACluster extends RedisStoreContract {

		@RegisterExtension
		static final RedisClusterFixture cluster = new RedisClusterFixture();

		@Override
		RedisConnectionFactory connect() {
			RedisClusterConfiguration configuration = new RedisClusterConfiguration();
			cluster.ports().forEach((port) -> configuration.clusterNode("127.0.0.1", port));
			return new LettuceConnectionFactory(configuration);
		}

	}

	/**
	 * Jedis instead of Lettuce.
	 */
	@Nested
	class ByJedis extends RedisStoreContract {

		@RegisterExtension
		static final RedisServerFixture server = RedisServerFixture.any();

		@Override
		RedisConnectionFactory connect() {
			return new JedisConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", server.port()));
		}

	}

	/**
	 * Lettuce with a connection for each who asks, instead of one that all share.
	 */
	@Nested
	class WithAConnectionOfItsOwn extends RedisStoreContract {

		@RegisterExtension
		static final RedisServerFixture server = RedisServerFixture.any();

		@Override
		RedisConnectionFactory connect() {
			LettuceConnectionFactory connectionFactory = new LettuceConnectionFactory(
					new RedisStandaloneConfiguration("127.0.0.1", server.port()));
			connectionFactory.setShareNativeConnection(false);
			return connectionFactory;
		}

	}

}
