package io.modelcache.store.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.modelcache.store.RemovalRecorder;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.TestEntry;
import io.modelcache.testing.RedisServerFixture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the rights which docs/redis.md lists are enough.
 */
class RestrictedUserIT {

	@RegisterExtension
	static final RedisServerFixture server = RedisServerFixture.any();

	@Test
	void theRightsInTheDocumentationAreEnough() throws IOException {
		allow(documentedCommands());
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration("127.0.0.1", server.port());
		configuration.setUsername("cache");
		configuration.setPassword("secret");
		LettuceConnectionFactory connectionFactory = new LettuceConnectionFactory(configuration);
		connectionFactory.afterPropertiesSet();
		try (RedisCacheStore store = RedisCacheStore.builder(connectionFactory).build()) {
			useEverything(store);
		}
		finally {
			connectionFactory.destroy();
		}
	}

	private static void useEverything(RedisCacheStore store) {
		RemovalRecorder news = new RemovalRecorder();
		store.subscribe(news);
		StoredEntry tagged = TestEntry.of("tagged", Instant.now()).tags("t").build();
		StoredEntry endless = TestEntry.of("endless", Instant.now()).times(Duration.ZERO, null, null).tags("t").build();
		StoredEntry plain = TestEntry.of("plain", Instant.now()).build();
		store.putAll(List.of(tagged, endless, plain));
		assertThat(store.get(plain.fingerprint())).isNotNull();
		assertThat(store.getAll(List.of(tagged.fingerprint(), plain.fingerprint()))).hasSize(2);
		assertThat(store.acquire(plain.fingerprint(), "holder", Duration.ofMinutes(1))).isTrue();
		assertThat(store.acquire(plain.fingerprint(), "holder", Duration.ofMinutes(1))).isTrue();
		assertThat(store.release(plain.fingerprint(), "holder")).isTrue();
		store.evictAll(List.of(tagged.fingerprint()));
		assertThat(store.evict(Selector.all().withTag("t"))).isEqualTo(1);
		assertThat(store.evict(Selector.all().withBean("bean"))).isEqualTo(1);
		assertThat(store.scan(Selector.all(), null, 10).entries()).isEmpty();
		assertThat(store.evict(Selector.all())).isZero();
		Awaitility.await().until(() -> !news.causes(tagged).isEmpty());
	}

	/**
	 * Read what a reader of the documentation would copy.
	 */
	private static List<String> documentedCommands() throws IOException {
		String text = Files.readString(Path.of("../docs/redis.md"));
		String list = text.substring(text.indexOf("`+get ") + 1);
		return Arrays.asList(list.substring(0, list.indexOf('`')).split("\\s+"));
	}

	private static void allow(List<String> commands) {
		RedisClient client = RedisClient.create("redis://127.0.0.1:" + server.port());
		try (StatefulRedisConnection<String, String> connection = client.connect()) {
			CommandArgs<String, String> arguments = new CommandArgs<>(StringCodec.UTF8).add("SETUSER")
				.add("cache")
				.add("on")
				.add(">secret")
				.add("~modelcache:*")
				.add("resetchannels")
				.add("&modelcache:*")
				.add("-@all");
			commands.forEach(arguments::add);
			assertThat(connection.sync().dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), arguments))
				.isEqualTo("OK");
		}
		finally {
			client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
		}
	}

}
