package io.modelcache.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.modelcache.CacheControl;
import io.modelcache.CacheMissException;
import io.modelcache.CacheStatus;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.sample.CachedModelsTests.Weather;
import io.modelcache.sample.provider.StandInProvider;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@code docs/calls.md} says, snippet by snippet, with a cache that no other test
 * uses.
 */
@SampleTest
@TestPropertySource(properties = "spring.application.name=guide")
class CallsGuideTests {

	private static final Path GUIDE = Path.of("..", "docs", "calls.md");

	private static final Path SOURCES = Path.of("src");

	private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	@Autowired
	private StandInProvider provider;

	@Test
	void everySnippetIsCode() throws IOException {
		List<String> snippets = SNIPPET.matcher(Files.readString(GUIDE))
			.results()
			.map((match) -> onOneLine(match.group(1)))
			.toList();
		assertThat(snippets).hasSizeGreaterThan(10);
		try (Stream<Path> files = Files.walk(SOURCES)) {
			String code = files.filter((file) -> file.toString().endsWith(".java"))
				.map(CallsGuideTests::read)
				.collect(Collectors.joining("\n"));
			assertThat(snippets).allSatisfy((snippet) -> assertThat(onOneLine(code)).contains(snippet));
		}
	}

	@Test
	void aCallAndAStreamShareOneAnswer(@Autowired ChatModel chatModel) {
		long before = calls();
		String called = chatModel.call(new Prompt("Tell me a joke")).getResult().getOutput().getText();
		String streamed = chatModel.stream(new Prompt("Tell me a joke"))
			.mapNotNull(ChatResponse::getResult)
			.map((result) -> result.getOutput().getText())
			.collect(Collectors.joining())
			.block();
		assertThat(streamed).isEqualTo(called);
		assertThat(calls() - before).isOne();
	}

	@Test
	void theStatusOfACall(@Autowired ChatModel chatModel) {
		CacheStatus status = CacheStatus.of(chatModel.call(new Prompt("What is a status?")));
		boolean fromTheCache = status.hit();
		boolean keptForTheNextOne = status.stored();
		boolean sharedWithAnother = status.collapsed();
		String whyNot = status.detail();
		String header = status.toHeader("my-app");
		assertThat(fromTheCache).isFalse();
		assertThat(keptForTheNextOne).isTrue();
		assertThat(sharedWithAnother).isFalse();
		assertThat(whyNot).isNull();
		assertThat(header).startsWith("my-app; fwd=miss; ttl=86");
		assertThat(CacheStatus.of(chatModel.call(new Prompt("What is a status?"))).toHeader("my-app"))
			.matches("my-app; hit; ttl=86\\d+; age=\\d+; key=\"\\w+\"; detail=\"caffeine\"");
	}

	@Test
	void theStatusOfAStream(@Autowired ChatModel chatModel) {
		CacheStatus status = CacheStatus.of(chatModel.stream(new Prompt("What is a last chunk?")).blockLast());
		assertThat(status.stored()).isTrue();
	}

	@Test
	void aDirectCall(@Autowired ChatModel chatModel) {
		Prompt prompt = new Prompt("What is direct?");
		String stored = chatModel.call(prompt).getMetadata().getId();
		ChatResponse fresh = CacheControl.noCache().call(() -> chatModel.call(prompt));
		assertThat(fresh.getMetadata().getId()).isNotEqualTo(stored);
		assertThat(chatModel.call(prompt).getMetadata().getId()).isEqualTo(fresh.getMetadata().getId());
	}

	@Test
	void anAdvisor(@Autowired ChatClient chatClient, @Autowired ChatModel chatModel) {
		String price = chatClient.prompt("What does it cost?")
			.advisors(CacheControl.ttl(Duration.ofHours(1)).tags("pricing"))
			.call()
			.content();
		ChatResponse hit = chatClient.prompt("What does it cost?").call().chatResponse();
		assertThat(hit.getResult().getOutput().getText()).isEqualTo(price);
		assertThat(CacheStatus.of(hit).ttl()).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
	}

	@Test
	void theContextOfAStream(@Autowired ChatModel chatModel) {
		Prompt prompt = new Prompt("What is a context?");
		chatModel.call(prompt);
		long before = calls();
		Flux<ChatResponse> fresh = chatModel.stream(prompt).contextWrite(CacheControl.noCache().asContext());
		assertThat(calls() - before).isZero();
		assertThat(CacheStatus.of(fresh.blockLast()).forward()).isEqualTo(CacheStatus.Forward.REQUEST);
		assertThat(calls() - before).isOne();
	}

	@Test
	void aStreamIsCoveredWhereItsMethodIsCalled(@Autowired ChatModel chatModel) {
		Prompt prompt = new Prompt("What is covered?");
		chatModel.call(prompt);
		Flux<ChatResponse> covered = CacheControl.noCache().call(() -> chatModel.stream(prompt));
		assertThat(CacheStatus.of(covered.blockLast()).hit()).isFalse();
		Flux<ChatResponse> uncovered = chatModel.stream(prompt);
		assertThat(CacheStatus.of(CacheControl.noCache().call(uncovered::blockLast)).hit()).isTrue();
	}

	@Test
	void aDirectiveDoesNotFollowToAnotherThread(@Autowired ChatModel chatModel) {
		Prompt prompt = new Prompt("Who follows?");
		chatModel.call(prompt);
		ChatResponse elsewhere = CacheControl.noCache()
			.call(() -> CompletableFuture.supplyAsync(() -> chatModel.call(prompt)).join());
		assertThat(CacheStatus.of(elsewhere).hit()).isTrue();
	}

	@Test
	void nestedDirectives(@Autowired ChatModel chatModel) {
		Prompt prompt = new Prompt("What is inside?");
		chatModel.call(prompt);
		ChatResponse answer = CacheControl.tags("outer")
			.call(() -> CacheControl.noCache().tags("inner").call(() -> chatModel.call(prompt)));
		assertThat(CacheStatus.of(answer).forward()).isEqualTo(CacheStatus.Forward.REQUEST);
		assertThat(CacheStatus.of(answer).stored()).isTrue();
	}

	@Test
	void onlyIfCached(@Autowired ChatModel chatModel) {
		long before = calls();
		assertThatExceptionOfType(CacheMissException.class)
			.isThrownBy(() -> CacheControl.onlyIfCached().call(() -> chatModel.call(new Prompt("Is it there?"))));
		try {
			CacheControl.onlyIfCached().call(() -> chatModel.call(new Prompt("Is it there?")));
		}
		catch (CacheMissException ex) {
			// the model was not asked
		}
		assertThat(calls() - before).isZero();
	}

	@Test
	void oneFreshCallAmongCachedOnes(@Autowired ChatClient chatClient) {
		long before = calls();
		String first = summarize(chatClient);
		assertThat(calls() - before).isEqualTo(4);
		assertThat(summarize(chatClient)).isEqualTo(first);
		assertThat(calls() - before).isEqualTo(5);
	}

	private static String summarize(ChatClient chatClient) {
		List<String> chapters = Stream.of("Dawn.", "Noon.", "Dusk.")
			.map((chapter) -> chatClient.prompt("Summarize: " + chapter).call().content())
			.toList();
		String book = chatClient.prompt("Summarize: " + chapters).advisors(CacheControl.bypass()).call().content();
		return book;
	}

	@Test
	void variants(@Autowired ChatModel chatModel) {
		long before = calls();
		IntStream.range(0, 100).forEach((visit) -> {
			String joke = CacheControl.variant("joke-" + visit % 3)
				.call(() -> chatModel.call(new Prompt("Tell me a joke")))
				.getResult()
				.getOutput()
				.getText();
			assertThat(joke).isNotBlank();
		});
		assertThat(calls() - before).isEqualTo(3);
	}

	@Test
	void tools(@Autowired ChatClient chatClient) {
		long before = calls();
		Weather weather = new Weather();
		for (int time = 0; time < 2; time++) {
			String answer = chatClient.prompt("What is the weather in Lima?").tools(weather).call().content();
			assertThat(answer).contains("21 °C in Lima");
		}
		assertThat(weather.runs).hasValue(2);
		assertThat(calls() - before).isEqualTo(2);
	}

	@Test
	void aLiveFollowerOfAStreamThatIsCutShortGetsWhatTheLeaderGetsAndNothingIsStored() {
		CutShort model = new CutShort();
		ChatModel cached = CachingChatModel.builder(model).store(CaffeineCacheStore.ofMaximumWeight(1_000_000)).build();
		Prompt prompt = new Prompt("How does it end?");
		CompletableFuture<List<ChatResponse>> leader = cached.stream(prompt).collectList().toFuture();
		model.say("Once upon", "");
		CompletableFuture<List<ChatResponse>> follower = cached.stream(prompt).collectList().toFuture();
		model.say(" a time", "LENGTH");
		model.answers.tryEmitComplete().orThrow();
		assertThat(texts(follower.join())).isEqualTo(texts(leader.join())).containsExactly("Once upon", " a time");
		ChatResponse last = follower.join().get(1);
		assertThat(last.getResult().getMetadata().getFinishReason()).isEqualTo("LENGTH");
		assertThat(CacheStatus.of(last).collapsed()).isTrue();
		assertThat(CacheStatus.of(last).stored()).isFalse();
		assertThat(model.streams).hasValue(1);
		cached.stream(prompt).blockLast();
		assertThat(model.streams).hasValue(2);
	}

	private long calls() {
		return this.provider.calls().chat();
	}

	private static List<String> texts(List<ChatResponse> chunks) {
		return chunks.stream().map((chunk) -> chunk.getResult().getOutput().getText()).toList();
	}

	private static String onOneLine(String code) {
		return code.replaceAll("\\s+", " ").strip();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A model whose answer is cut short.
	 */
	private static final class CutShort implements ChatModel {

		private final Sinks.Many<ChatResponse> answers = Sinks.many().replay().all();

		private final AtomicInteger streams = new AtomicInteger();

		@Override
		public ChatResponse call(Prompt prompt) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			this.streams.incrementAndGet();
			return this.answers.asFlux();
		}

		void say(String text, String finishReason) {
			this.answers.tryEmitNext(new ChatResponse(List.of(new Generation(new AssistantMessage(text),
					ChatGenerationMetadata.builder().finishReason(finishReason).build()))))
				.orThrow();
		}

	}

}
