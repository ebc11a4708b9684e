package io.modelcache.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.modelcache.CacheControl;
import io.modelcache.CacheStatus;
import io.modelcache.sample.provider.StandInProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many who ask the same at the same time, by the real OpenAI client over HTTP.
 */
@SampleTest
@TestPropertySource(properties = "sample.provider.chat-delay=200ms")
class SharedCallTests {

	private static final int CALLERS = 200;

	@Autowired
	private ChatModel chatModel;

	@Autowired
	private StandInProvider provider;

	@ParameterizedTest
	@EnumSource
	void twoHundredWhoAskTheSameShareOneCallToTheProvider(Way way) throws Exception {
		long before = this.provider.calls().chat();
		List<Answer> answers = askAtOnce(CALLERS, (caller) -> way.ask(this.chatModel, "Who comes by " + way, caller));
		assertThat(this.provider.calls().chat() - before).isOne();
		assertThat(answers).extracting(Answer::text).containsOnly(answers.get(0).text());
		assertThat(answers.get(0).text()).contains("Who comes by " + way);
		assertThat(answers).filteredOn((answer) -> isAlone(answer.status())).hasSize(1);
	}

	@Test
	void whoWantsNoStoredAnswerSharesNoCall() throws Exception {
		long before = this.provider.calls().chat();
		askAtOnce(10, (caller) -> CacheControl.noCache()
			.call(() -> Way.CALL.ask(this.chatModel, "Who wants to be alone?", caller)));
		assertThat(this.provider.calls().chat() - before).isEqualTo(10);
	}

	/**
	 * Neither from the cache nor from the call of another one.
	 */
	private static boolean isAlone(CacheStatus status) {
		return !status.hit() && !status.collapsed();
	}

	private static List<Answer> askAtOnce(int callers, Caller asking) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(callers);
		try {
			CountDownLatch ready = new CountDownLatch(callers);
			List<Future<Answer>> futures = new ArrayList<>();
			for (int i = 0; i < callers; i++) {
				int caller = i;
				futures.add(threads.submit(() -> {
					ready.countDown();
					ready.await();
					return asking.ask(caller);
				}));
			}
			List<Answer> answers = new ArrayList<>();
			for (Future<Answer> future : futures) {
				answers.add(future.get());
			}
			return answers;
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * One of those who ask.
	 */
	private interface Caller {

		Answer ask(int number);

	}

	/**
	 * How they ask.
	 */
	enum Way {

		CALL, STREAM, MIXED;

		Answer ask(ChatModel model, String question, int caller) {
			boolean streaming = this == STREAM || (this == MIXED && caller % 2 == 0);
			return streaming ? Answer.of(model.stream(new Prompt(question)).toStream())
					: Answer.of(Stream.of(model.call(new Prompt(question))));
		}

	}

	/**
	 * What they got.
	 */
	private record Answer(String text, CacheStatus status) {

		static Answer of(Stream<ChatResponse> chunks) {
			List<ChatResponse> all = chunks.toList();
			String text = all.stream()
				.flatMap((chunk) -> chunk.getResults().stream())
				.map((generation) -> generation.getOutput().getText())
				.collect(Collectors.joining());
			return new Answer(text, CacheStatus.of(all.get(all.size() - 1)));
		}

	}

}
