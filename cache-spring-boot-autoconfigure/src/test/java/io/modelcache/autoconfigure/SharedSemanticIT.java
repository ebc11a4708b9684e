package io.modelcache.autoconfigure;

import java.time.Duration;

import io.modelcache.CacheStatus;
import io.modelcache.testing.RedisContainerFixture;
import io.modelcache.testing.RedisServerFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests applications with {@code provider: semantic} whose answers, and vectors, live in
 * Redis.
 */
class SharedSemanticIT {

	private static final String QUESTION = "How do I open a savings account?";

	private static final String OTHER = "What must I do to get a savings account?";

	@RegisterExtension
	static final RedisContainerFixture redis8 = RedisContainerFixture.redis8();

	@RegisterExtension
	static final RedisServerFixture older = RedisServerFixture.embedded();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, ModelCacheAutoConfiguration.class))
		.withUserConfiguration(SemanticProviderTests.Models.class)
		.withPropertyValues("modelcache.provider=semantic", "modelcache.semantic.store=redis",
				"modelcache.semantic.decision=threshold", "modelcache.semantic.threshold=0.9",
				"modelcache.guard.timeout=5s", "spring.data.redis.host=" + redis8.host(),
				"spring.data.redis.port=" + redis8.port());

	@BeforeEach
	void forgetTheTestBefore() {
		this.runner.run((context) -> {
			try (RedisConnection connection = context.getBean(RedisConnectionFactory.class).getConnection()) {
				connection.serverCommands().flushAll();
			}
		});
	}

	@Test
	void anotherInstanceFindsWhatOneHasStoredByTheIndexThatTheyShare() {
		ApplicationContextRunner shared = this.runner.withPropertyValues("modelcache.semantic.index=redis");
		shared.run((one) -> shared.run((another) -> {
			ask(one, QUESTION);
			await().atMost(Duration.ofSeconds(20)).until(() -> "semantic".equals(ask(another, OTHER).layer()));
		}));
	}

	@Test
	void afterARestartTheEmbeddedIndexIsFilledFromTheStore() {
		this.runner.run((context) -> ask(context, QUESTION));
		this.runner.run((context) -> {
			ask(context, "Is there an account for children?");
			await().atMost(Duration.ofSeconds(20)).until(() -> ask(context, OTHER).hit());
		});
	}

	@Test
	void aServerWithoutVectorSetsIsRefusedAtTheStart() {
		this.runner
			.withPropertyValues("modelcache.semantic.index=redis", "spring.data.redis.host=127.0.0.1",
					"spring.data.redis.port=" + older.port())
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.hasMessageContaining("the server has no vector sets"));
	}

	@Test
	void aServerThatIsDownIsNot() {
		this.runner
			.withPropertyValues("modelcache.semantic.index=redis", "spring.data.redis.host=127.0.0.1",
					"spring.data.redis.port=1")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(ask(context, QUESTION).hit()).isFalse();
			});
	}

	private static CacheStatus ask(AssertableApplicationContext context, String question) {
		return CacheStatus.of(context.getBean(ChatModel.class).call(new Prompt(question)));
	}

}
