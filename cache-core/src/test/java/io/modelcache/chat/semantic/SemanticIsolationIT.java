package io.modelcache.chat.semantic;

import java.time.Duration;
import java.util.Random;

import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.RedisContainerFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that similarity is never a permission, over an index in Redis.
 */
class SemanticIsolationIT {

	@RegisterExtension
	static final RedisContainerFixture server = RedisContainerFixture.redis8();

	@Test
	void noAnswerLeavesItsScopeSystemTextHistoryModelOrOptions() {
		LettuceConnectionFactory connections = new LettuceConnectionFactory(server.host(), server.port());
		connections.afterPropertiesSet();
		connections.start();
		try (RedisSemanticIndex index = RedisSemanticIndex.builder(connections)
			.timeout(Duration.ofSeconds(10))
			.build()) {
			for (long seed = 1; seed <= 5; seed++) {
				index.clear();
				SemanticIsolation isolation = new SemanticIsolation(CaffeineCacheStore.ofMaximumWeight(10_000_000),
						index);
				assertThat(isolation.ask(new Random(seed), 300)).as("hits").isGreaterThan(100);
			}
		}
		finally {
			connections.destroy();
		}
	}

}
