package io.modelcache.autoconfigure;

import java.util.List;

import io.modelcache.store.CacheStore;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what a start-up says when {@code provider: redis} cannot be used.
 */
@ExtendWith(OutputCaptureExtension.class)
class RedisFailureTests {

	private static final String DEPENDENCY = "<artifactId>spring-boot-starter-data-redis</artifactId>";

	private static final String REDIS = "modelcache.provider=redis";

	@Test
	void aLibraryThatIsMissing(CapturedOutput output) {
		Application.of(StartupFailureTests.OneModel.class)
			.with(new FilteredClassLoader("org.springframework.data.redis"))
			.fail(REDIS);
		assertFailure(output,
				"The property modelcache.provider is set to redis, but Spring Data Redis is not on the class path.",
				DEPENDENCY);
	}

	@Test
	void aConnectionFactoryThatIsMissing(CapturedOutput output) {
		Application.of(StartupFailureTests.OneModel.class).fail("modelcache.models.model.provider=redis");
		assertFailure(output,
				"The property modelcache.models.model.provider is set to redis, but there is no bean of type RedisConnectionFactory.",
				DEPENDENCY, "spring.data.redis.host");
	}

	@Test
	void connectionFactoriesOfWhichNoneIsPrimary(CapturedOutput output) {
		Application.of(StartupFailureTests.OneModel.class, TwoServers.class).fail(REDIS);
		assertFailure(output, "there are several beans of type RedisConnectionFactory, sessions, answers, and none of",
				"Set modelcache.redis.connection-factory to the one to use, or mark it as @Primary.");
	}

	@Test
	void aConnectionFactoryThatDoesNotExist(CapturedOutput output) {
		Application.of(StartupFailureTests.OneModel.class, TwoServers.class)
			.fail(REDIS, "modelcache.redis.connection-factory=anwsers");
		assertFailure(output, "modelcache.redis.connection-factory names 'anwsers', and there is no bean",
				"Set modelcache.redis.connection-factory to one of sessions, answers.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "caffeine", "jdbc", "custom" })
	void instancesThatShallShareCallsOverAStoreThatCannotLease(String provider, CapturedOutput output) {
		Application.of(StartupFailureTests.OneModel.class, OneStore.class)
			.fail("modelcache.provider=" + provider, "modelcache.jdbc.url=jdbc:h2:mem:leases",
					"modelcache.single-flight.distributed=true");
		assertFailure(output,
				"The property modelcache.provider is set to %s, but modelcache.single-flight.distributed is true"
					.formatted(provider),
				"Set modelcache.provider to redis, or to custom with a store that is a LeaseStore");
	}

	@Test
	void jedisOnACluster(CapturedOutput output) {
		Application.of(StartupFailureTests.OneModel.class, JedisCluster.class).fail(REDIS);
		assertFailure(output,
				"is set to redis, but the client cannot be used. A Redis cluster needs Lettuce instead of Jedis.",
				"<artifactId>lettuce-core</artifactId>", "spring.data.redis.client-type=lettuce",
				"modelcache.redis.connection-factory");
	}

	@Test
	void aLeaseThatMakesNoSense(CapturedOutput output) {
		Application.of(StartupFailureTests.OneModel.class).fail("modelcache.single-flight.lease=0s");
		assertFailure(output, "for configuration property 'modelcache.single-flight.lease'",
				"The time must be at least a millisecond, such as 60s.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b", "*", "{x}", "modelcache?", "[a]" })
	void aPrefixThatCouldMeanSomethingToRedis(String prefix, CapturedOutput output) {
		Application.of(StartupFailureTests.OneModel.class, TwoServers.class)
			.fail(REDIS, "modelcache.redis.connection-factory=answers", "modelcache.redis.key-prefix=" + prefix);
		assertFailure(output,
				"Invalid value '%s' for configuration property 'modelcache.redis.key-prefix'".formatted(prefix),
				"A key prefix has 1 to 100 letters, digits and characters of");
	}

	private static void assertFailure(CapturedOutput output, String... texts) {
		assertThat(output.toString()).contains("APPLICATION FAILED TO START").contains(texts);
	}

	/**
	 * An application that has a store of its own.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OneStore {

		@Bean
		CacheStore store() {
			return CaffeineCacheStore.ofMaximumWeight(1000);
		}

	}

	/**
	 * An application that has a cluster, which is not there.
	 */
	@Configuration(proxyBeanMethods = false)
	static class JedisCluster {

		@Bean
		RedisConnectionFactory cluster() {
			JedisConnectionFactory connections = new JedisConnectionFactory(
					new RedisClusterConfiguration(List.of("127.0.0.1:1")));
			connections.setEarlyStartup(false);
			return connections;
		}

	}

	/**
	 * An application that has two servers, none of which is there.
	 */
	@Configuration(proxyBeanMethods = false)
	static class TwoServers {

		@Bean
		RedisConnectionFactory sessions() {
			return new LettuceConnectionFactory("127.0.0.1", 1);
		}

		@Bean
		RedisConnectionFactory answers() {
			return new LettuceConnectionFactory("127.0.0.1", 2);
		}

	}

}
