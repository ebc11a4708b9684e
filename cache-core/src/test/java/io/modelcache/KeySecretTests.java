package io.modelcache;

import java.util.List;

import io.modelcache.chat.CachingChatModel;
import io.modelcache.embedding.CachingEmbeddingModel;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.KeyHash;
import io.modelcache.store.CacheStore;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.CountingEmbeddingModel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the secret of the keys, through the decorators.
 */
class KeySecretTests {

	private static final String SECRET = "s3cret of the keys";

	private final CacheStore store = CaffeineCacheStore.ofMaximumWeight(1_000_000);

	@Test
	void chatModelsOfTwoSecretsShareNothing() {
		CountingChatModel model = new CountingChatModel();
		assertThat(hit(chat(model, "one"))).isFalse();
		assertThat(hit(chat(model, "two"))).isFalse();
		assertThat(hit(chat(model, null))).isFalse();
		assertThat(hit(chat(model, "one"))).isTrue();
		assertThat(hit(chat(model, "two"))).isTrue();
		assertThat(hit(chat(model, null))).isTrue();
		assertThat(model.calls()).isEqualTo(3);
	}

	@Test
	void embeddingModelsOfTwoSecretsShareNothing() {
		CountingEmbeddingModel model = new CountingEmbeddingModel();
		for (String secret : new String[] { "one", "two", null, "one", "two", null }) {
			CachingEmbeddingModel.builder(model).store(this.store).keySecret(secret).build().embed("hello");
		}
		assertThat(model.requests()).hasSize(3);
	}

	@Test
	void theScopeInAnEntryIsUnderTheSecretToo() {
		CachingChatModel model = chat(new CountingChatModel(), SECRET);
		CacheControl.scope("alice").call(() -> model.call(new Prompt("hello")));
		List<StoredEntry> entries = this.store.scan(Selector.all(), null, 10).entries();
		assertThat(entries).extracting(StoredEntry::scope)
			.containsExactly(CacheScope.of("alice", KeyHash.hmac(SECRET)))
			.doesNotContain(CacheScope.of("alice"));
	}

	@Test
	void scopesOfAllNamesAndSecretsDiffer() {
		assertThat(List.of(CacheScope.SHARED, CacheScope.of("a"), CacheScope.of("b"), CacheScope.of("shared"),
				CacheScope.of("a", KeyHash.hmac("one")), CacheScope.of("a", KeyHash.hmac("two"))))
			.doesNotHaveDuplicates();
		assertThat(CacheScope.of("a", KeyHash.SHA_256)).isEqualTo(CacheScope.of("a"));
	}

	@Test
	void textAndBytesAreTheSameSecret() {
		CountingChatModel model = new CountingChatModel();
		CachingChatModel bytes = CachingChatModel.builder(model)
			.store(this.store)
			.keySecret(new byte[] { 'o', 'n', 'e' })
			.build();
		assertThat(hit(bytes)).isFalse();
		assertThat(hit(chat(model, "one"))).isTrue();
	}

	@Test
	void theSecretIsShownNowhere() {
		CachingChatModel model = chat(new CountingChatModel(), SECRET);
		ChatResponse response = model.call(new Prompt("hello"));
		Fingerprint key = this.store.scan(Selector.all(), null, 1).entries().get(0).fingerprint();
		assertThat(List.of(model, model.getSettings(), CacheStatus.of(response), key.toHex()))
			.noneSatisfy((each) -> assertThat(each.toString()).containsIgnoringCase("s3cret"));
		assertThat(model.getSettings()).isEqualTo(chat(new CountingChatModel(), null).getSettings());
	}

	@Test
	void aBlankSecretIsRefusedWithoutBeingShown() {
		assertThatIllegalArgumentException().isThrownBy(() -> chat(new CountingChatModel(), " "))
			.withMessage("The secret of the keys must not be blank");
	}

	private CachingChatModel chat(CountingChatModel model, @Nullable String secret) {
		return CachingChatModel.builder(model).store(this.store).keySecret(secret).build();
	}

	private static boolean hit(CachingChatModel model) {
		return CacheStatus.of(model.call(new Prompt("hello"))).hit();
	}

}
