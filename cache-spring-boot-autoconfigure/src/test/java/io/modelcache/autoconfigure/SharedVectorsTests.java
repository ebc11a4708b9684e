package io.modelcache.autoconfigure;

import java.util.concurrent.CountDownLatch;

import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What {@code modelcache.single-flight} does to embedding models.
 */
@Timeout(60)
class SharedVectorsTests {

	private final Slow model = new Slow();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class))
		.withBean("embedding", EmbeddingModel.class, () -> this.model);

	@ParameterizedTest
	@CsvSource({ "true, 1", "false, 2" })
	void aTextThatIsUnderWayIsAskedForOnceOrByEverybody(boolean enabled, int calls) {
		this.runner.withPropertyValues("modelcache.single-flight.enabled=" + enabled).run((context) -> {
			Thread follower = askTwice(context.getBean(EmbeddingModel.class));
			await().until(() -> follower.getState() == Thread.State.WAITING);
			assertThat(this.model.requests()).hasSize(calls);
			this.model.answer.countDown();
			follower.join();
		});
	}

	@ParameterizedTest
	@CsvSource({ "false, true, 1", "true, false, 2" })
	void oneBeanCanDoDifferently(boolean all, boolean own, int calls) {
		this.runner
			.withPropertyValues("modelcache.single-flight.enabled=" + all,
					"modelcache.models.embedding.single-flight.enabled=" + own)
			.run((context) -> {
				Thread follower = askTwice(context.getBean(EmbeddingModel.class));
				await().until(() -> follower.getState() == Thread.State.WAITING);
				assertThat(this.model.requests()).hasSize(calls);
				this.model.answer.countDown();
				follower.join();
			});
	}

	@Test
	void whoHasWaitedLongEnoughAsksTheModelToo() {
		this.runner.withPropertyValues("modelcache.single-flight.max-wait=20ms").run((context) -> {
			Thread follower = askTwice(context.getBean(EmbeddingModel.class));
			await().until(() -> this.model.requests().size() == 2);
			this.model.answer.countDown();
			follower.join();
		});
	}

	private Thread askTwice(EmbeddingModel embedding) {
		new Thread(() -> embedding.embed("text")).start();
		await().until(() -> this.model.requests().size() == 1);
		Thread follower = new Thread(() -> embedding.embed("text"));
		follower.start();
		return follower;
	}

	/**
	 * A model that answers when it is let.
	 */
	private static final class Slow extends CountingEmbeddingModel {

		private final CountDownLatch answer = new CountDownLatch(1);

		@Override
		public EmbeddingResponse call(EmbeddingRequest request) {
			EmbeddingResponse response = super.call(request);
			try {
				this.answer.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return response;
		}

	}

}
