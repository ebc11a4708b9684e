package io.modelcache.chat.semantic;

import java.time.Duration;
import java.util.List;

import io.modelcache.CacheStatus;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.HookedStore;
import io.modelcache.testing.MeaningModel;
import io.modelcache.testing.RecordingListener;
import io.modelcache.testing.TestClock;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the index of questions is filled from a store that has outlived it.
 */
class IndexFillingTests {

	private static final String QUESTION = "How do I open a savings account?";

	private static final String OTHER = "What must I do to get a savings account?";

	private final TestClock clock = new TestClock();

	private final RecordingListener listener = new RecordingListener();

	private final MeaningModel meaning = new MeaningModel().near(QUESTION, OTHER, 0.97);

	private final HookedStore store = new HookedStore(CaffeineCacheStore.builder().clock(this.clock).build(), true);

	@Test
	void afterARestartTheIndexIsFilledWithoutAnyEmbedding() {
		start().call(new Prompt(QUESTION));
		CachingChatModel restarted = start();
		this.meaning.requests().clear();
		assertThat(layer(restarted, OTHER)).isEqualTo("semantic");
		assertThat(this.meaning.requests()).containsExactly(List.of(OTHER));
	}

	@Test
	void aStoreThatIsDownAtTheStartFillsItLater() {
		start().call(new Prompt(QUESTION));
		this.store.beforeRead(() -> {
			throw new IllegalStateException("down");
		});
		CachingChatModel restarted = start();
		assertThat(layer(restarted, "Is it now?")).isEqualTo("null");
		this.store.beforeRead(() -> {
		});
		assertThat(layer(restarted, "Is it soon?")).isEqualTo("null");
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(layer(restarted, "Is it late?")).isEqualTo("null");
		assertThat(layer(restarted, OTHER)).isEqualTo("semantic");
		assertThat(this.listener.events()).contains("failure:READ");
	}

	private CachingChatModel start() {
		return CachingChatModel.builder(new CountingChatModel())
			.name("test")
			.store(this.store)
			.ttl(Duration.ofHours(1))
			.clock(this.clock)
			.listener(this.listener)
			.refreshExecutor(Runnable::run)
			.cacheLayer(SemanticCaching.builder(this.meaning, "test")
				.index(EmbeddedSemanticIndex.builder().clock(this.clock).build())
				.guarded(false)
				.build())
			.build();
	}

	private static String layer(CachingChatModel model, String question) {
		return String.valueOf(CacheStatus.of(model.call(new Prompt(question))).layer());
	}

}
