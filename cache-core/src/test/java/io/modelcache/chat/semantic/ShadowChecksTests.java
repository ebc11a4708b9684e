package io.modelcache.chat.semantic;

import java.time.Duration;

import io.modelcache.CacheStatus;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.MeaningModel;
import io.modelcache.testing.RecordingListener;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link ShadowChecks} and what follows from them.
 */
class ShadowChecksTests {

	private final RecordingListener listener = new RecordingListener();

	private final MeaningModel meaning = new MeaningModel();

	private final CountingChatModel model = new CountingChatModel();

	@Test
	void anAnswerThatTheModelGivesTooIsRight() {
		CountingChatModel constant = new CountingChatModel((call) -> CountingChatModel.answer("the same"));
		SemanticCaching semantic = settings().shadowRate(1).build();
		CachingChatModel caching = caching(constant, semantic);
		ask(caching, "What is a mortgage?", "What does mortgage mean?");
		assertThat(constant.calls()).isEqualTo(2);
		assertThat(this.listener.events()).contains("shadow:right");
		WrongHitShare share = semantic.wrongHitShare("test");
		assertThat(share).isNotNull();
		assertThat(share.checks()).isEqualTo(1);
		assertThat(share.share()).isZero();
		assertThat(share.upperBound()).isCloseTo(0.793, within(0.001));
	}

	@Test
	void anAnswerThatTheModelDoesNotGiveIsForgotten() {
		SemanticCaching semantic = settings().shadowRate(1)
			.judge((question, given, fresh) -> given.equals(fresh))
			.build();
		CachingChatModel caching = caching(this.model, semantic);
		ask(caching, "What is a mortgage?", "What does mortgage mean?");
		assertThat(this.listener.events()).contains("shadow:wrong");
		assertThat(CacheStatus.of(caching.call(new Prompt("What does mortgage mean?"))).hit()).isFalse();
	}

	@Test
	void onlyTheGivenShareIsChecked() {
		double[] dice = { 0.1, 0.3 };
		int[] thrown = { 0 };
		SemanticCaching semantic = settings().shadowRate(0.2).dice(() -> dice[thrown[0]++]).build();
		CachingChatModel caching = caching(new CountingChatModel((call) -> CountingChatModel.answer("same")), semantic);
		ask(caching, "What is a mortgage?", "What does mortgage mean?");
		ask(caching, "What is a mortgage?", "Can you explain what a mortgage is?");
		assertThat(this.listener.events()).filteredOn((event) -> event.startsWith("shadow")).hasSize(1);
	}

	@Test
	void tooManyWrongAnswersRaiseTheThreshold() {
		Strictness strictness = new Strictness("test", SemanticDecision.threshold(0.8), 0.1);
		for (int i = 0; i < 15; i++) {
			strictness.checked(true);
		}
		for (int i = 0; i < 4; i++) {
			strictness.checked(false);
		}
		assertThat(strictness.decision().threshold()).as("nineteen are not enough").isEqualTo(0.8);
		strictness.checked(false);
		assertThat(strictness.decision().threshold()).isCloseTo(0.85, within(1e-9));
		assertThat(strictness.share().checks()).isZero();
	}

	@Test
	void anErrorRateThatIsKeptChangesNothing() {
		Strictness strictness = new Strictness("test", SemanticDecision.threshold(0.8), 0.1);
		for (int i = 0; i < 5000; i++) {
			strictness.checked(i % 20 != 0);
		}
		assertThat(strictness.decision().threshold()).isEqualTo(0.8);
		assertThat(strictness.share().checks()).isEqualTo(1000);
		assertThat(strictness.share().share()).isCloseTo(0.05, within(1e-9));
		assertThat(strictness.share().lowerBound()).isBetween(0.03, 0.05);
	}

	@Test
	void aJudgeOrModelThatFailsHasCheckedNothing() {
		SemanticCaching semantic = settings().shadowRate(1).judge((question, given, fresh) -> {
			throw new IllegalStateException("down");
		}).build();
		CachingChatModel caching = caching(this.model, semantic);
		ask(caching, "What is a mortgage?", "What does mortgage mean?");
		assertThat(this.listener.events()).contains("failure:SHADOW").doesNotContain("shadow:wrong", "shadow:right");
		assertThat(CacheStatus.of(caching.call(new Prompt("What does mortgage mean?"))).layer()).isEqualTo("alias");
	}

	private SemanticCaching.Builder settings() {
		return SemanticCaching.builder(this.meaning, "test").guarded(false);
	}

	private CachingChatModel caching(CountingChatModel model, SemanticCaching semantic) {
		return CachingChatModel.builder(model)
			.name("test")
			.store(CaffeineCacheStore.ofMaximumWeight(1_000_000))
			.ttl(Duration.ofHours(1))
			.listener(this.listener)
			.refreshExecutor(Runnable::run)
			.cacheLayer(semantic)
			.build();
	}

	private void ask(CachingChatModel caching, String one, String two) {
		this.meaning.near(one, two, 0.97);
		caching.call(new Prompt(one));
		ChatResponse second = caching.call(new Prompt(two));
		assertThat(CacheStatus.of(second).layer()).isEqualTo("semantic");
	}

}
