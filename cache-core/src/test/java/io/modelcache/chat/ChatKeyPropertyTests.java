package io.modelcache.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.modelcache.CacheScope;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.KeyHash;
import io.modelcache.testing.CountingChatModel;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that two requests have the same key only if they are the same, whatever texts
 * they are made of.
 */
class ChatKeyPropertyTests {

	/**
	 * So few that equal requests come often, and made to run into each other: empty ones,
	 * parts of each other, the bytes that the encoding uses itself, halves of characters.
	 */
	private static final String[] HOSTILE = { "", "a", "b", "ab", "\0", "\1a", "user", "\n", "{}", "\ud800", "?",
			"\u00e9", "e\u0301", "a".repeat(65) };

	@Property(tries = 5000)
	void differentRequestsHaveDifferentKeys(@ForAll("requests") Request one, @ForAll("requests") Request other) {
		assertThat(one.key().equals(other.key())).isEqualTo(one.equals(other));
	}

	@Property
	void theSameRequestHasTheSameKey(@ForAll("requests") Request request) {
		assertThat(request.key()).isEqualTo(request.key());
	}

	@Property(tries = 5000)
	void oneChangedTextChangesTheKey(@ForAll("requests") Request request, @ForAll("texts") String scope,
			@ForAll("texts") String variant, @ForAll("texts") String namespace, @ForAll("texts") String model) {
		for (Request other : List.of(request.withScope(scope), request.withVariant(variant),
				request.withNamespace(namespace), request.withModel(model))) {
			assertThat(request.key().equals(other.key())).isEqualTo(request.equals(other));
		}
	}

	@Property(tries = 5000)
	void twoScopesNeverShareAKey(@ForAll String one, @ForAll String other, @ForAll("requests") Request request) {
		assertThat(request.withScope(one).key().equals(request.withScope(other).key())).isEqualTo(one.equals(other));
		assertThat(request.withScope(one).key()).isNotEqualTo(request.shared());
	}

	@Property
	void twoSecretsNeverShareAKey(@ForAll String one, @ForAll String other, @ForAll("requests") Request request) {
		Fingerprint first = request.key(KeyHash.hmac("k" + one));
		assertThat(first.equals(request.key(KeyHash.hmac("k" + other)))).isEqualTo(one.equals(other));
		assertThat(first).isNotEqualTo(request.key());
	}

	@Provide
	Arbitrary<String> texts() {
		return Arbitraries.of(HOSTILE);
	}

	@Provide
	Arbitrary<Request> requests() {
		Arbitrary<List<Turn>> turns = Combinators.combine(Arbitraries.of(Role.values()), texts(), texts())
			.as(Turn::new)
			.list()
			.ofMaxSize(3);
		return Combinators
			.combine(texts(), texts(), texts(), texts(), texts().list().ofMaxSize(2),
					Arbitraries.maps(texts(), texts()).ofMaxSize(2), turns)
			.as(Request::new);
	}

	/**
	 * Who speaks.
	 */
	private enum Role {

		SYSTEM, USER, ASSISTANT, TOOL

	}

	/**
	 * One message.
	 */
	private record Turn(Role role, String text, String detail) {

		Turn {
			detail = (role == Role.ASSISTANT || role == Role.TOOL) ? detail : "";
		}

		Message message() {
			return switch (this.role) {
				case SYSTEM -> new SystemMessage(this.text);
				case USER -> new UserMessage(this.text);
				case ASSISTANT -> AssistantMessage.builder()
					.content(this.text)
					.toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", "f", this.detail)))
					.build();
				case TOOL -> ToolResponseMessage.builder()
					.responses(List.of(new ToolResponseMessage.ToolResponse("1", this.text, this.detail)))
					.build();
			};
		}

	}

	/**
	 * All that a request is made of.
	 */
	private record Request(String scope, String variant, String namespace, String model, List<String> stop,
			Map<String, String> headers, List<Turn> turns) {

		Request withScope(String other) {
			return new Request(other, this.variant, this.namespace, this.model, this.stop, this.headers, this.turns);
		}

		Request withVariant(String other) {
			return new Request(this.scope, other, this.namespace, this.model, this.stop, this.headers, this.turns);
		}

		Request withNamespace(String other) {
			return new Request(this.scope, this.variant, other, this.model, this.stop, this.headers, this.turns);
		}

		Request withModel(String other) {
			return new Request(this.scope, this.variant, this.namespace, other, this.stop, this.headers, this.turns);
		}

		Fingerprint key() {
			return key(KeyHash.SHA_256);
		}

		Fingerprint key(KeyHash hash) {
			return key(hash, CacheScope.of(this.scope, hash));
		}

		Fingerprint shared() {
			return key(KeyHash.SHA_256, CacheScope.SHARED);
		}

		private Fingerprint key(KeyHash hash, Fingerprint scope) {
			List<Message> messages = new ArrayList<>();
			this.turns.forEach((turn) -> messages.add(turn.message()));
			ChatOptions options = OpenAiChatOptions.builder()
				.model(this.model)
				.stop(this.stop)
				.customHeaders(this.headers)
				.build();
			return new ChatFingerprinter(new CountingChatModel(), Keys.settings("bean", this.namespace, null), hash)
				.fingerprint(scope, messages, options, this.variant);
		}

	}

}
