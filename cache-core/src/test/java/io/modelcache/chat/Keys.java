package io.modelcache.chat;

import java.time.Duration;
import java.util.List;

import io.modelcache.CacheScope;
import io.modelcache.CacheSettings;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.KeyHash;
import io.modelcache.testing.CountingChatModel;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * Fingerprints of requests of which all but one thing is the same.
 */
final class Keys {

	private static final ChatFingerprinter FINGERPRINTER = of(new CountingChatModel());

	private Keys() {
	}

	static CacheSettings settings(String name, String namespace, @Nullable String modelId) {
		return new CacheSettings(name, "caffeine", namespace, modelId, null, Duration.ZERO, 1);
	}

	static ChatFingerprinter of(ChatModel model) {
		return new ChatFingerprinter(model, settings("bean", "", null), KeyHash.SHA_256);
	}

	static Fingerprint of(ChatFingerprinter fingerprinter) {
		return fingerprinter.fingerprint(CacheScope.SHARED, List.of(new UserMessage("x")), null, null);
	}

	static Fingerprint of(ChatOptions options) {
		return FINGERPRINTER.fingerprint(CacheScope.SHARED, List.of(new UserMessage("x")), options, null);
	}

	static Fingerprint of(Message... messages) {
		return of(List.of(messages));
	}

	static Fingerprint of(List<Message> messages) {
		return FINGERPRINTER.fingerprint(CacheScope.SHARED, messages, null, null);
	}

}
