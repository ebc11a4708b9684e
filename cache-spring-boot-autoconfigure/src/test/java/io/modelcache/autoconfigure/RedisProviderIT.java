package io.modelcache.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import io.modelcache.CacheStatus;
import io.modelcache.ModelCacheManager;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.CountingEmbeddingModel;
import io.modelcache.testing.RecordingListener;
import io.modelcache.testing.RedisServerFixture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests applications with {@code provider: redis}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RedisProviderIT {

	@RegisterExtension
	static final RedisServerFixture server = RedisServerFixture.any();

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, ModelCacheAutoConfiguration.class))
		.withUserConfiguration(Models.class)
		.withPropertyValues("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + server.port());

	@BeforeEach
	void forgetTheTestBefore() {
		this.context.run(
				(context) -> context.getBean(RedisConnectionFactory.class).getConnection().serverCommands().flushAll());
	}

	@Test
	void afterARestartTheFirstQuestionIsAHit() {
		ApplicationContextRunner redis = this.context.withPropertyValues("modelcache.provider=redis");
		redis.run((context) -> {
			assertThat(ask(context.getBean("chat", ChatModel.class)).hit()).isFalse();
			assertThat(context.getBean(EmbeddingModel.class).embed("text")).isNotEmpty();
		});
		redis.run((context) -> {
			CacheStatus status = ask(context.getBean("chat", ChatModel.class));
			assertThat(status.hit()).isTrue();
			assertThat(status.layer()).isEqualTo("redis");
			assertThat(context.getBean(EmbeddingModel.class).embed("text")).isNotEmpty();
			assertThat(context.getBean(Models.class).embedding.requests()).isEmpty();
		});
	}

	@Test
	void itIsChosenForOneKindOrOneBean() {
		this.context.withPropertyValues("modelcache.embedding.provider=redis", "modelcache.models.other.provider=redis")
			.run((context) -> {
				assertThat(((CachingChatModel) context.getBean("chat")).getSettings().layer()).isEqualTo("caffeine");
				assertThat(((CachingChatModel) context.getBean("other")).getSettings().layer()).isEqualTo("redis");
				context.getBean(EmbeddingModel.class).embed("text");
				ask(context.getBean("other", ChatModel.class));
				ask(context.getBean("chat", ChatModel.class));
				Awaitility.await()
					.until(() -> context.getBean(StringRedisTemplate.class).keys("modelcache:*").size() == 2);
			});
	}

	@Test
	void thePrefixKeepsApplicationsApartAlsoWhenOneIsCleared() {
		ApplicationContextRunner redis = this.context.withPropertyValues("modelcache.provider=redis");
		redis.run((context) -> {
			ask(context.getBean("chat", ChatModel.class));
			context.getBean(StringRedisTemplate.class).opsForValue().set("modelcache:theirs", "x");
		});
		redis.withPropertyValues("modelcache.redis.key-prefix=modelcache:other:").run((context) -> {
			assertThat(ask(context.getBean("chat", ChatModel.class)).hit()).isFalse();
			assertThat(context.getBean(ModelCacheManager.class).clear()).isEqualTo(1);
		});
		redis.run((context) -> {
			assertThat(ask(context.getBean("chat", ChatModel.class)).hit()).isTrue();
			assertThat(context.getBean(ModelCacheManager.class).clear()).isEqualTo(1);
			assertThat(context.getBean(StringRedisTemplate.class).keys("*")).containsExactly("modelcache:theirs");
		});
	}

	@Test
	void aServerThatIsNotThereFailsNeitherTheStartNorACall() {
		this.context.withPropertyValues("modelcache.provider=redis", "spring.data.redis.port=1").run((context) -> {
			assertThat(context).hasNotFailed();
			CacheStatus status = ask(context.getBean("chat", ChatModel.class));
			assertThat(status.hit()).isFalse();
			assertThat(status.stored()).isFalse();
			assertThat(context.getBean(Models.class).listener.events()).anyMatch((event) -> event.contains("READ"));
		});
	}

	@ParameterizedTest
	@CsvSource({ "replica-preferred, true", "upstream-preferred, true", "upstream, false", "master, false" })
	void readsFromReplicasAreWarnedOf(String readFrom, boolean warned, CapturedOutput output) {
		this.context.withPropertyValues("modelcache.provider=redis", "spring.data.redis.lettuce.read-from=" + readFrom)
			.run((context) -> {
				ask(context.getBean("chat", ChatModel.class));
				assertThat(output.toString().contains("'redisConnectionFactory' reads from replicas"))
					.isEqualTo(warned);
			});
	}

	@Test
	void theConnectionFactoryIsThePrimaryOneOrTheOneNamed() {
		ApplicationContextRunner two = this.context.withUserConfiguration(TwoServers.class)
			.withPropertyValues("modelcache.provider=redis");
		two.run((context) -> ask(context.getBean("chat", ChatModel.class)));
		two.run((context) -> assertThat(keys(context.getBean("there", RedisConnectionFactory.class))).isEmpty());
		two.withPropertyValues("modelcache.redis.connection-factory=there").run((context) -> {
			ask(context.getBean("chat", ChatModel.class));
			Awaitility.await().until(() -> keys(context.getBean("there", RedisConnectionFactory.class)).size() == 1);
		});
	}

	@Test
	void nothingIsAddedToWhatTheApplicationHasForRedis() {
		this.context.withPropertyValues("modelcache.provider=redis").run((context) -> {
			ask(context.getBean("chat", ChatModel.class));
			assertThat(context.getBeansOfType(RedisTemplate.class)).containsOnlyKeys("redisTemplate",
					"stringRedisTemplate");
			assertThat(context.getBeansOfType(RedisConnectionFactory.class)).hasSize(1);
		});
	}

	@Test
	void nearCopiesOfOtherInstancesGoWhenAnEntryIsEvicted() {
		ApplicationContextRunner near = this.context.withPropertyValues("modelcache.provider=redis",
				"modelcache.near=caffeine", "modelcache.near-ttl=1h");
		near.run((one) -> near.run((other) -> {
			ask(one.getBean("chat", ChatModel.class));
			Awaitility.await().until(() -> ask(other.getBean("chat", ChatModel.class)).hit());
			assertThat(one.getBean(ModelCacheManager.class).clear()).isEqualTo(1);
			Awaitility.await().until(() -> !ask(other.getBean("chat", ChatModel.class)).hit());
		}));
	}

	@Test
	void instancesShareCallsWhenThePropertySaysSo() {
		this.context.withPropertyValues("modelcache.provider=redis", "modelcache.single-flight.distributed=true")
			.run((context) -> {
				assertThat(ask(context.getBean("chat", ChatModel.class)).hit()).isFalse();
				assertThat(ask(context.getBean("chat", ChatModel.class)).hit()).isTrue();
				assertThat(String.valueOf(context.getBean(StringRedisTemplate.class)
					.getRequiredConnectionFactory()
					.getConnection()
					.serverCommands()
					.info("commandstats"))).contains("cmdstat_eval");
			});
	}

	@Test
	void nothingIsLeftRunningWhenTheApplicationEnds() {
		this.context.withPropertyValues("modelcache.provider=redis").run((context) -> {
			ask(context.getBean("chat", ChatModel.class));
			context.close();
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("modelcache-redis-news"));
		});
	}

	private static Set<byte[]> keys(RedisConnectionFactory connectionFactory) {
		try (RedisConnection connection = connectionFactory.getConnection()) {
			return connection.keyCommands().keys("*".getBytes(StandardCharsets.US_ASCII));
		}
	}

	private static CacheStatus ask(ChatModel model) {
		ChatResponse response = model.call(new Prompt("What does it cost?"));
		assertThat(response.getResult().getOutput().getText()).isNotEmpty();
		return CacheStatus.of(response);
	}

	/**
	 * Two chat models and an embedding model.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Models {

		final CountingEmbeddingModel embedding = new CountingEmbeddingModel();

		final RecordingListener listener = new RecordingListener();

		@Bean
		ChatModel chat() {
			return new CountingChatModel();
		}

		@Bean
		ChatModel other() {
			return new CountingChatModel();
		}

		@Bean
		EmbeddingModel embedding() {
			return this.embedding;
		}

		@Bean
		RecordingListener listener() {
			return this.listener;
		}

	}

	/**
	 * The server of the application, which is not there, and another one.
	 */
	@Configuration(proxyBeanMethods = false)
	static class TwoServers {

		@Bean
		@Primary
		RedisConnectionFactory missing() {
			return new LettuceConnectionFactory("127.0.0.1", 1);
		}

		@Bean
		RedisConnectionFactory there() {
			return new LettuceConnectionFactory("127.0.0.1", server.port());
		}

	}

}
