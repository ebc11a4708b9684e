package io.modelcache.chat;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.modelcache.CacheControl;
import io.modelcache.CacheListener;
import io.modelcache.CacheStatus;
import io.modelcache.SavedCall;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.RecordingListener;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what listeners are told of the work that was done and saved.
 */
class ToldFiguresTests {

	private static final String SAVED = "saved:gpt-x:13:256";

	private static final Prompt PROMPT = new Prompt("hello");

	private final RecordingListener listener = new RecordingListener();

	private final CachingChatModel model = model(this.listener);

	@Test
	void aMissIsALookupAndACall() {
		this.model.call(PROMPT);
		assertThat(this.listener.figures()).containsExactly("lookup:heap:MISS", "model-call");
	}

	@Test
	void aHitSavesWhatItsAnswerHadCost() {
		this.model.call(PROMPT);
		this.listener.figures().clear();
		this.model.call(PROMPT);
		assertThat(this.listener.figures()).containsExactly("lookup:heap:hit", SAVED);
	}

	@Test
	void aStreamIsToldLikeACall() {
		this.model.stream(PROMPT).blockLast();
		this.model.stream(PROMPT).blockLast();
		assertThat(this.listener.figures()).containsExactly("lookup:heap:MISS", "model-call", "lookup:heap:hit", SAVED);
	}

	@Test
	void aStreamThatHitsTellsTheContextOfItsSubscriber() {
		AtomicReference<SavedCall> told = new AtomicReference<>();
		CachingChatModel model = model(new CacheListener() {

			@Override
			public void onSaved(String cache, CacheStatus status, SavedCall saved) {
				told.set(saved);
			}

		});
		model.call(PROMPT);
		model.stream(PROMPT).contextWrite(Context.of("key", "value")).blockLast();
		assertThat(told.get().context().<String>get("key")).isEqualTo("value");
		assertThat(told.get().toString()).doesNotContain("value");
	}

	@Test
	void aBypassIsACallWithoutALookup() {
		CacheControl.bypass().call(() -> this.model.call(PROMPT));
		CacheControl.bypass().call(() -> this.model.stream(PROMPT)).blockLast();
		assertThat(this.listener.figures()).containsExactly("model-call", "model-call");
	}

	@Test
	void anAnswerWithoutUsageSavesACallOfUnknownCost() {
		CachingChatModel model = CachingChatModel.builder(new CountingChatModel())
			.store(CaffeineCacheStore.ofMaximumWeight(1_000_000))
			.listener(this.listener)
			.build();
		model.call(PROMPT);
		model.call(PROMPT);
		assertThat(this.listener.figures()).endsWith("saved:null:0:0");
	}

	private static CachingChatModel model(CacheListener listener) {
		return CachingChatModel.builder(new CountingChatModel((call) -> answer()))
			.store(CaffeineCacheStore.ofMaximumWeight(1_000_000))
			.layer("heap")
			.listener(listener)
			.build();
	}

	private static ChatResponse answer() {
		return new ChatResponse(List.copyOf(CountingChatModel.answer("yes").getResults()),
				ChatResponseMetadata.builder().model("gpt-x").usage(new DefaultUsage(13, 256)).build());
	}

}
