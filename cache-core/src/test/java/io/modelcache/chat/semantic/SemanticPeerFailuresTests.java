package io.modelcache.chat.semantic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.modelcache.CacheControl;
import io.modelcache.CacheStatus;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.store.CacheStore;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.BrokenStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.MeaningModel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what was seen to go wrong in Spring AI's {@code SemanticCacheAdvisor} does
 * not go wrong here. All questions are similar to all others.
 */
@DisplayName("Spring AI SemanticCacheAdvisor")
@Timeout(60)
class SemanticPeerFailuresTests {

	private final CountingChatModel model = new CountingChatModel();

	private final MeaningModel meaning = new MeaningModel() {

		@Override
		public float[] vector(String text) {
			return new float[] { 1, 0, 0, 1 };
		}

	};

	private final CaffeineCacheStore store = CaffeineCacheStore.ofMaximumWeight(10_000_000);

	private final CachingChatModel caching = caching(this.model, this.store);

	@Test
	@DisplayName("an answer made under tenant A's system prompt is served to a request without one")
	void systemPrompts() {
		Prompt tenantA = prompt(new SystemMessage("You work for tenant A."), new UserMessage("What is the limit?"));
		assertThat(text(this.caching.call(tenantA))).isEqualTo("answer 1");
		assertThat(text(this.caching.call(new Prompt("What is the limit?")))).isEqualTo("answer 2");
		assertThat(text(this.caching.call(new Prompt("What limit is there?")))).isEqualTo("answer 2");
		assertThat(text(CacheControl.scope("b").call(() -> this.caching.call(new Prompt("What is the limit?")))))
			.isEqualTo("answer 3");
	}

	@Test
	@DisplayName("two conversations that end in \"continue\" share an answer")
	void conversations() {
		assertThat(text(this.caching.call(conversation("Tell me of cats")))).isEqualTo("answer 1");
		assertThat(text(this.caching.call(conversation("Tell me of dogs")))).isEqualTo("answer 2");
		assertThat(text(this.caching.call(conversation("Tell me of cats")))).isEqualTo("answer 1");
	}

	@Test
	@DisplayName("a tool call is replayed as empty text")
	void toolCalls() {
		AssistantMessage.ToolCall call = new AssistantMessage.ToolCall("1", "function", "weather", "{}");
		CountingChatModel calling = new CountingChatModel((number) -> new ChatResponse(
				List.of(new Generation(AssistantMessage.builder().content("").toolCalls(List.of(call)).build(),
						ChatGenerationMetadata.builder().finishReason("TOOL_CALLS").build()))));
		CachingChatModel caching = caching(calling, this.store);
		caching.call(new Prompt("How is the weather?"));
		ChatResponse again = caching.call(new Prompt("How is the weather?"));
		assertThat(again.getResult().getOutput().getToolCalls()).containsExactly(call);
		assertThat(calling.calls()).isEqualTo(1);
	}

	@Test
	@DisplayName("an answer with null text throws on every later hit")
	void nullTexts() {
		CountingChatModel mute = new CountingChatModel(
				(number) -> new ChatResponse(List.of(new Generation(AssistantMessage.builder().content(null).build(),
						ChatGenerationMetadata.builder().finishReason("STOP").build()))));
		CachingChatModel caching = caching(mute, this.store);
		for (int i = 1; i <= 3; i++) {
			assertThat(caching.call(new Prompt("Say nothing")).getResult().getOutput().getText()).isNull();
		}
	}

	@Test
	@DisplayName("50 identical concurrent calls make 50 provider calls")
	void concurrentCalls() throws Exception {
		CountDownLatch all = new CountDownLatch(50);
		CountDownLatch go = new CountDownLatch(1);
		CountingChatModel slow = new CountingChatModel((number) -> {
			await(go);
			return CountingChatModel.answer("slow " + number);
		});
		CachingChatModel caching = caching(slow, this.store);
		ExecutorService threads = Executors.newFixedThreadPool(50);
		try {
			List<Future<String>> answers = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				answers.add(threads.submit(() -> {
					all.countDown();
					return text(caching.call(new Prompt("the same")));
				}));
			}
			await(all);
			go.countDown();
			for (Future<String> answer : answers) {
				assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("slow 1");
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(slow.calls()).isEqualTo(1);
	}

	@Test
	@DisplayName("store down = request fails")
	void storeDown() {
		CacheStore broken = BrokenStore.throwing(() -> new IllegalStateException("down"));
		CachingChatModel caching = caching(this.model, broken);
		assertThat(text(caching.call(new Prompt("What is a mortgage?")))).isEqualTo("answer 1");
		assertThat(caching.stream(new Prompt("How does a mortgage work?")).collectList().block()).hasSize(1);
	}

	@Test
	@DisplayName("three embeddings per miss")
	void embeddings() {
		this.caching.call(new Prompt("What is a mortgage?"));
		assertThat(this.meaning.requests()).hasSize(1);
		CacheControl.noCache().call(() -> this.caching.call(new Prompt("How does a mortgage work?")));
		assertThat(this.meaning.requests()).hasSize(2);
		this.caching.call(new Prompt("Who needs a mortgage?"));
		assertThat(this.meaning.requests()).hasSize(3);
	}

	@Test
	@DisplayName("never a ttl")
	void timeToLive() {
		this.caching.call(new Prompt("What is a mortgage?"));
		CacheStatus status = CacheStatus.of(this.caching.call(new Prompt("How does a mortgage work?")));
		assertThat(status.layer()).isEqualTo("semantic");
		assertThat(status.ttl()).isBetween(Duration.ofMinutes(58), Duration.ofHours(1));
	}

	private CachingChatModel caching(ChatModel model, CacheStore store) {
		return CachingChatModel.builder(model)
			.name("test")
			.store(store)
			.ttl(Duration.ofHours(1))
			.cacheLayer(
					SemanticCaching.builder(this.meaning, "test").guarded(false).threshold(-1.0).maxTurns(5).build())
			.build();
	}

	private static Prompt conversation(String subject) {
		return prompt(new UserMessage(subject), new AssistantMessage("Well."), new UserMessage("continue"));
	}

	private static Prompt prompt(Message... messages) {
		return new Prompt(messages);
	}

	private static String text(ChatResponse response) {
		return String.valueOf(response.getResult().getOutput().getText());
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
