package io.modelcache.sample.demo;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.modelcache.CacheControl;
import io.modelcache.CacheStatus;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.sample.SampleTest;
import io.modelcache.sample.demo.Summarizer.Summary;
import io.modelcache.sample.provider.StandInProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The scenes of the demonstration, by the real OpenAI client over HTTP.
 */
@SampleTest
@TestPropertySource(properties = "sample.provider.chat-delay=250ms")
class ScenesTests {

	@Autowired
	private Scenes scenes;

	@Autowired
	private ChatClient chatClient;

	@Autowired
	private ChatModel chatModel;

	@Autowired
	@Qualifier("editor")
	private ChatModel editor;

	@Autowired
	private StandInProvider provider;

	@ParameterizedTest
	@ValueSource(strings = { "call, call, stream, stream", "call, stream, call, stream", "stream, stream, call, call",
			"stream, call, stream, call" })
	void aJokeIsMadeOnceHoweverItIsAskedFor(String ways) {
		long before = this.provider.calls().chat();
		String joke = "Tell me a joke (%s)".formatted(ways);
		List<Answer> answers = Stream.of(ways.split(", ")).map((way) -> tell(way, joke)).toList();
		assertThat(this.provider.calls().chat() - before).isOne();
		assertThat(answers).extracting((answer) -> answer.status().hit()).containsExactly(false, true, true, true);
		assertThat(answers).extracting(Answer::text)
			.containsOnly(answers.get(0).text())
			.allMatch((text) -> text.contains(joke));
	}

	@Test
	void theReduceCallOfTheSameModelBypassesTheCache() {
		assertThatOnlyTheBookIsFresh(this.scenes.bypassing(), "Dawn.", "bypass");
	}

	@Test
	void theReduceCallOfTheUncachedModelIsFresh() {
		assertThatOnlyTheBookIsFresh(this.scenes.uncached(), "Dusk.", null);
	}

	@Test
	void theReduceCallMayAlsoBeADirectOne() {
		CacheControl fresh = CacheControl.noCache().noStore();
		Summarizer summarizer = new Summarizer(this.chatClient,
				(text) -> fresh.call(() -> this.chatModel.call(new Prompt(text))), Runnable::run);
		assertThatOnlyTheBookIsFresh(summarizer, "Noon.", "bypass");
	}

	@Test
	void theSecondModelIsUncachedAndLeavesTheFirstOneWhereItWas() {
		assertThat(this.editor).isInstanceOf(OpenAiChatModel.class);
		assertThat(this.chatModel).isInstanceOfSatisfying(CachingChatModel.class,
				(cached) -> assertThat(cached.getSettings().name()).isEqualTo("openAiChatModel"));
	}

	private void assertThatOnlyTheBookIsFresh(Summarizer summarizer, String start, String detail) {
		List<String> chapters = List.of(start, start + " Again.", start + " For the last time.");
		long before = this.provider.calls().chat();
		Timed first = Timed.of(() -> summarizer.summarize(chapters));
		assertThat(this.provider.calls().chat() - before).isEqualTo(4);
		Timed second = Timed.of(() -> summarizer.summarize(chapters));
		assertThat(this.provider.calls().chat() - before).isEqualTo(5);
		assertThat(second.nanos()).isLessThan(first.nanos());
		assertThat(first.summary().chapters()).noneMatch((chapter) -> CacheStatus.of(chapter).hit());
		assertThat(second.summary().chapters()).allMatch((chapter) -> CacheStatus.of(chapter).hit());
		assertThat(ids(second.summary().chapters())).isEqualTo(ids(first.summary().chapters()));
		ChatResponse book = second.summary().book();
		assertThat(CacheStatus.of(book).detail()).isEqualTo(detail);
		assertThat(ids(List.of(book))).doesNotContainAnyElementsOf(ids(List.of(first.summary().book())));
	}

	private static Set<String> ids(List<ChatResponse> responses) {
		return Set.copyOf(responses.stream().map((response) -> response.getMetadata().getId()).toList());
	}

	private Answer tell(String way, String joke) {
		return way.equals("call") ? Answer.of(List.of(this.chatClient.prompt(joke).call().chatResponse()))
				: Answer.of(this.chatClient.prompt(joke).stream().chatResponse().collectList().block());
	}

	/**
	 * An answer, however it came.
	 */
	private record Answer(String text, CacheStatus status) {

		static Answer of(List<ChatResponse> chunks) {
			StringBuilder text = new StringBuilder();
			chunks.stream()
				.flatMap((chunk) -> chunk.getResults().stream())
				.forEach((generation) -> text.append(generation.getOutput().getText()));
			return new Answer(text.toString(), CacheStatus.of(chunks.get(chunks.size() - 1)));
		}

	}

	/**
	 * A summary and how long it took.
	 */
	private record Timed(Summary summary, long nanos) {

		static Timed of(Supplier<Summary> action) {
			long start = System.nanoTime();
			Summary summary = action.get();
			return new Timed(summary, System.nanoTime() - start);
		}

	}

}
