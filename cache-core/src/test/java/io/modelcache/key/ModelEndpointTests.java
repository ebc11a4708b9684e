package io.modelcache.key;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import com.anthropic.client.AnthropicClient;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsyncImpl;
import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import com.openai.core.http.HttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.DefaultUriBuilderFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ModelEndpoint}.
 */
class ModelEndpointTests {

	private static final String SECRET = "s3cret";

	private static final String URL = "http://localhost:1234/api";

	static Stream<Arguments> models() {
		return Stream.of(argumentSet("OpenAI", openAi(URL), URL), argumentSet("Anthropic", anthropic(URL), URL),
				argumentSet("Ollama", ollama(URL), URL), argumentSet("Google", google(URL), URL),
				argumentSet("Google, default", google(null), "https://generativelanguage.googleapis.com"),
				argumentSet("Google, region", vertex(), "europe-west1"),
				argumentSet("Google, project", vertex(), "my-project"),
				argumentSet("OpenAI, default", openAi(null), "https://api.openai.com/v1"),
				argumentSet("Anthropic, default", anthropic(null), "https://api.anthropic.com"),
				argumentSet("RestClient", new Rest(RestClient.create(URL)), URL),
				argumentSet("RestClient with a factory of addresses",
						new Rest(RestClient.builder().uriBuilderFactory(new DefaultUriBuilderFactory(URL)).build()),
						URL),
				argumentSet("WebClient", new Reactive(WebClient.create(URL)), URL),
				argumentSet("API object beside the model", new Wrapping(new Api(URI.create(URL), 1)), URL),
				argumentSet("model in a model", new Wrapping(openAi(URL)), URL));
	}

	@ParameterizedTest
	@MethodSource("models")
	void theAddressIsFoundAndNoSecret(Object model, String expected) {
		ModelEndpoint endpoint = ModelEndpoint.of(model);
		assertThat(endpoint.known()).isTrue();
		assertThat(endpoint.addresses()).anySatisfy((address) -> assertThat(address).endsWith("=" + expected))
			.noneSatisfy((address) -> assertThat(address).contains(SECRET));
	}

	@ParameterizedTest
	@MethodSource("models")
	void theSameIsFoundEachTime(Object model, String expected) {
		assertThat(ModelEndpoint.of(model)).isEqualTo(ModelEndpoint.of(model));
	}

	@Test
	void theClientCountsNotTheOptions() {
		ClientOptions options = ClientOptions.builder()
			.httpClient(mock(HttpClient.class))
			.apiKey(SECRET)
			.baseUrl(URL)
			.build();
		OpenAiChatModel model = OpenAiChatModel.builder()
			.openAiClient(new OpenAIClientImpl(options))
			.openAiClientAsync(new OpenAIClientAsyncImpl(options))
			.build();
		assertThat(model.getOptions().getBaseUrl()).isNull();
		assertThat(ModelEndpoint.of(model).addresses()).containsExactly("baseUrl=" + URL);
	}

	@Test
	void aProxyIsOpened() {
		ProxyFactory proxies = new ProxyFactory(ollama(URL));
		assertThat(ModelEndpoint.of(proxies.getProxy())).isEqualTo(ModelEndpoint.of(ollama(URL)));
	}

	@Test
	void userAndPasswordAreLeftOut() {
		ModelEndpoint endpoint = ModelEndpoint
			.of(new Rest(RestClient.create("http://me:" + SECRET + "@localhost/api")));
		assertThat(endpoint.addresses()).containsExactly("baseUri=http://localhost/api",
				"baseUrl=http://localhost/api");
	}

	@Test
	void aModelWithoutClientsHasNoAddress() {
		ModelEndpoint endpoint = ModelEndpoint.of(new Wrapping("something"));
		assertThat(endpoint.known()).isTrue();
		assertThat(endpoint.addresses()).isEmpty();
	}

	@Test
	void aClientWithoutABaseIsKnown() {
		assertThat(ModelEndpoint.of(new Rest(RestClient.create())).known()).isTrue();
	}

	@Test
	void aClientThatCannotBeReadIsSaidToBeUnknown() {
		List<Object> models = List.of(new Rest(mock(RestClient.class)), new Reactive(mock(WebClient.class)),
				OpenAiChatModel.builder()
					.options(OpenAiChatOptions.builder().apiKey(SECRET).build())
					.openAiClient(mock(OpenAIClient.class))
					.build(),
				AnthropicChatModel.builder()
					.options(AnthropicChatOptions.builder().apiKey(SECRET).build())
					.anthropicClient(mock(AnthropicClient.class))
					.build());
		assertThat(models).allSatisfy((model) -> assertThat(ModelEndpoint.of(model).known()).isFalse());
	}

	@Test
	void aCircleOfModelsIsWalkedOnce() {
		Circle circle = new Circle(URL);
		circle.next = circle;
		assertThat(ModelEndpoint.of(circle).addresses()).containsExactly("url=" + URL);
	}

	@Test
	void eachAddressIsWrittenAndTheirNumber() {
		assertThat(List.of(written(URL), written(URL + "/"), written(null))).doesNotHaveDuplicates();
	}

	private static Fingerprint written(String url) {
		return ModelEndpoint.of(new Circle(url)).write(CanonicalForm.of("test", 1), "endpoint").fingerprint();
	}

	private static ChatModel openAi(String url) {
		return OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder().apiKey(SECRET).baseUrl(url).build())
			.build();
	}

	private static ChatModel anthropic(String url) {
		return AnthropicChatModel.builder()
			.options(AnthropicChatOptions.builder().apiKey(SECRET).baseUrl(url).build())
			.build();
	}

	private static ChatModel ollama(String url) {
		return OllamaChatModel.builder().ollamaApi(OllamaApi.builder().baseUrl(url).build()).build();
	}

	private static ChatModel google(String url) {
		HttpOptions.Builder http = HttpOptions.builder();
		if (url != null) {
			http.baseUrl(url);
		}
		return GoogleGenAiChatModel.builder()
			.genAiClient(Client.builder().apiKey(SECRET).httpOptions(http.build()).build())
			.build();
	}

	private static ChatModel vertex() {
		return GoogleGenAiChatModel.builder()
			.genAiClient(Client.builder()
				.vertexAI(true)
				.project("my-project")
				.location("europe-west1")
				.credentials(GoogleCredentials.create(new AccessToken(SECRET, null)))
				.build())
			.build();
	}

	/**
	 * A model over a client of Spring.
	 */
	private record Rest(RestClient rest) {

	}

	/**
	 * A model over a reactive client of Spring.
	 */
	private record Reactive(WebClient web) {

	}

	/**
	 * A model over something else.
	 */
	private record Wrapping(Object inner) {

	}

	/**
	 * An API object as people write it.
	 */
	private record Api(URI endpoint, int port) {

		static final String token = SECRET;

	}

	/**
	 * A model that leads to itself.
	 */
	private static final class Circle {

		private final String url;

		private Object next;

		Circle(String url) {
			this.url = url;
		}

	}

}
