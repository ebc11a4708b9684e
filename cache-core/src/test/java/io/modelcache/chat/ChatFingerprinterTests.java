package io.modelcache.chat;

import java.util.List;
import java.util.Map;

import io.modelcache.CacheScope;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.KeyHash;
import io.modelcache.key.UnrepresentableException;
import io.modelcache.testing.CountingChatModel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ChatFingerprinter}.
 */
class ChatFingerprinterTests {

	private static final List<Message> QUESTION = List.of(new UserMessage("x"));

	private final ChatFingerprinter fingerprinter = Keys.of(new CountingChatModel());

	private final Fingerprint base = Keys.of(this.fingerprinter);

	@Test
	void equalRequestsHaveEqualFingerprints() {
		assertThat(Keys.of(Keys.of(new CountingChatModel()))).isEqualTo(this.base);
	}

	@Test
	void scopeVariantNamespaceAndIdentityCount() {
		Fingerprint scoped = this.fingerprinter.fingerprint(CacheScope.of("a"), QUESTION, null, null);
		Fingerprint varied = this.fingerprinter.fingerprint(CacheScope.SHARED, QUESTION, null, "a");
		assertThat(List.of(this.base, scoped, varied, with("bean", "v2", null), with("other", "", null),
				with("bean", "", "id"), with("bean", "", "bean")))
			.doesNotHaveDuplicates();
	}

	@Test
	void theNameDoesNotCountBesideAConfiguredIdentity() {
		assertThat(with("bean", "", "id")).isEqualTo(with("other", "", "id"));
	}

	@Test
	void theClassOfTheModelCounts() {
		assertThat(Keys.of(Keys.of(new CountingChatModel() {

		}))).isNotEqualTo(this.base);
	}

	@Test
	void aProxyOfAModelIsTheModel() {
		ProxyFactory proxies = new ProxyFactory(new CountingChatModel());
		assertThat(Keys.of(Keys.of((ChatModel) proxies.getProxy()))).isEqualTo(this.base);
	}

	@Test
	void theClassOfALambdaIsNamedByWhereItIsWritten() {
		ChatModel one = (prompt) -> new ChatResponse(List.of());
		ChatModel other = (prompt) -> null;
		assertThat(one.getClass().getName()).isNotEqualTo(other.getClass().getName());
		assertThat(Keys.of(Keys.of(one))).as("names of lambdas differ in each JVM, that of the bean tells them apart")
			.isEqualTo(Keys.of(Keys.of(other)))
			.isNotEqualTo(this.base);
	}

	@Test
	void optionsOfThePromptCount() {
		assertThat(Keys.of(ChatOptions.builder().temperature(0.1).build())).isNotEqualTo(this.base)
			.isNotEqualTo(Keys.of(ChatOptions.builder().temperature(0.2).build()))
			.isEqualTo(Keys.of(ChatOptions.builder().temperature(0.1).build()));
	}

	@Test
	void theOptionsThatTheModelWasMadeWithCountEvenBesideThoseOfThePrompt() {
		ChatFingerprinter openAi = Keys.of(new Client(null, OpenAiChatOptions.builder().model("gpt").build()));
		ChatFingerprinter routed = Keys.of(new Client(null,
				OpenAiChatOptions.builder().model("gpt").customHeaders(Map.of("X-Route", "b")).build()));
		assertThat(Keys.of(openAi)).isNotEqualTo(Keys.of(routed));
	}

	@Test
	void theSecretsThatTheModelWasMadeWithDoNotCount() {
		ChatFingerprinter one = Keys.of(new Client(null, OpenAiChatOptions.builder().apiKey("a").build()));
		ChatFingerprinter other = Keys.of(new Client(null, OpenAiChatOptions.builder().apiKey("b").build()));
		assertThat(Keys.of(one)).isEqualTo(Keys.of(other));
	}

	@Test
	void twoEndpointsNeverShareAnAnswer() {
		Fingerprint one = Keys.of(Keys.of(client("http://one.example/v1")));
		assertThat(Keys.of(Keys.of(client("http://one.example/v1")))).isEqualTo(one);
		assertThat(Keys.of(Keys.of(client("http://two.example/v1")))).isNotEqualTo(one);
		assertThat(Keys.of(Keys.of(new Client(null, null)))).isNotEqualTo(one);
	}

	@Test
	void aClientThatCannotBeReadMakesTheRequestUncacheableUnlessTheModelIsIdentified() {
		ChatModel model = new Client(mock(RestClient.class), null);
		assertThatExceptionOfType(UnrepresentableException.class).isThrownBy(() -> Keys.of(Keys.of(model)))
			.satisfies((ex) -> assertThat(ex.field()).isEqualTo("endpoint"));
		ChatFingerprinter identified = new ChatFingerprinter(model, Keys.settings("bean", "", "mine"), KeyHash.SHA_256);
		assertThat(Keys.of(identified)).isEqualTo(Keys.of(identified));
	}

	@Test
	void optionsOfTheModelThatCannotBeRepresentedMakeEveryRequestUncacheable() {
		ChatFingerprinter strange = Keys
			.of(new Client(null, OpenAiChatOptions.builder().toolChoice(new Object()).build()));
		assertThatExceptionOfType(UnrepresentableException.class).isThrownBy(() -> Keys.of(strange))
			.satisfies((ex) -> assertThat(ex.field()).isEqualTo("defaults.toolChoice"));
	}

	@Test
	void theSecretOfTheKeysCounts() {
		assertThat(List.of(this.base, withSecret("one"), withSecret("two"))).doesNotHaveDuplicates();
		assertThat(withSecret("one")).isEqualTo(withSecret("one"));
	}

	private static Fingerprint with(String name, String namespace, @Nullable String modelId) {
		return Keys.of(new ChatFingerprinter(new CountingChatModel(), Keys.settings(name, namespace, modelId),
				KeyHash.SHA_256));
	}

	private static Fingerprint withSecret(String secret) {
		return Keys
			.of(new ChatFingerprinter(new CountingChatModel(), Keys.settings("bean", "", null), KeyHash.hmac(secret)));
	}

	private static ChatModel client(String baseUrl) {
		return new Client(RestClient.create(baseUrl), null);
	}

	/**
	 * A model as people write it: with a client of Spring.
	 */
	private record Client(@Nullable RestClient rest, @Nullable ChatOptions options) implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			throw new UnsupportedOperationException();
		}

		@Override
		public ChatOptions getOptions() {
			return this.options;
		}

	}

}
