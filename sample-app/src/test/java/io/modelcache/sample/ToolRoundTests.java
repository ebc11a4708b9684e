package io.modelcache.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.modelcache.CacheStatus;
import io.modelcache.sample.provider.StandInProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tools behind {@link ChatClient}: the decision to call one comes from the cache, the
 * tool runs, and what the model makes of its result comes from the cache again.
 */
@SampleTest
class ToolRoundTests {

	@Autowired
	private ChatClient chatClient;

	@Autowired
	private StandInProvider provider;

	@ParameterizedTest
	@CsvSource({ "call, call", "stream, stream", "call, stream", "stream, call" })
	void theSecondTimeBothRoundsAreHitsAndTheToolRunsAgain(String first, String second) {
		long before = this.provider.calls().chat();
		Clock tool = new Clock("noon");
		Rounds rounds = new Rounds();
		String question = "What does the clock say, asked by %s and %s?".formatted(first, second);
		String answer = ask(first, question, tool, rounds);
		assertThat(ask(second, question, tool, rounds)).isEqualTo(answer).endsWith("noon\"");
		assertThat(tool.runs).hasValue(2);
		assertThat(rounds.hits()).containsExactly(false, false, true, true);
		assertThat(this.provider.calls().chat() - before).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource({ "call", "stream" })
	void aToolThatSaysSomethingElseIsAnotherQuestion(String way) {
		long before = this.provider.calls().chat();
		Rounds rounds = new Rounds();
		String question = "Once more: what does the clock say, asked by %s?".formatted(way);
		assertThat(ask(way, question, new Clock("noon"), rounds)).endsWith("noon\"");
		assertThat(ask(way, question, new Clock("midnight"), rounds)).endsWith("midnight\"");
		assertThat(rounds.hits()).containsExactly(false, false, true, false);
		assertThat(this.provider.calls().chat() - before).isEqualTo(3);
	}

	@Test
	void withoutTheToolTheSameWordsAreAnotherQuestion() {
		long before = this.provider.calls().chat();
		Rounds rounds = new Rounds();
		String question = "Is there a clock?";
		ask("call", question, new Clock("noon"), rounds);
		this.chatClient.prompt(question).advisors(rounds).call().content();
		assertThat(rounds.hits()).containsExactly(false, false, false);
		assertThat(this.provider.calls().chat() - before).isEqualTo(3);
	}

	private String ask(String way, String question, Clock tool, Rounds rounds) {
		ChatClient.ChatClientRequestSpec request = this.chatClient.prompt(question).tools(tool).advisors(rounds);
		return way.equals("call") ? request.call().content()
				: String.join("", request.stream().content().collectList().block());
	}

	/**
	 * A tool that counts how often it runs.
	 */
	static class Clock {

		private final AtomicInteger runs = new AtomicInteger();

		private final String time;

		Clock(String time) {
			this.time = time;
		}

		@Tool(description = "Tells the time")
		String clock() {
			this.runs.incrementAndGet();
			return this.time;
		}

	}

	/**
	 * Sees every round, because it is the last advisor before the model.
	 */
	private static final class Rounds implements CallAdvisor, StreamAdvisor {

		private final List<CacheStatus> seen = new CopyOnWriteArrayList<>();

		List<Boolean> hits() {
			return new ArrayList<>(this.seen.stream().map(CacheStatus::hit).toList());
		}

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			ChatClientResponse response = chain.nextCall(request);
			this.seen.add(CacheStatus.of(response.chatResponse()));
			return response;
		}

		@Override
		public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
			return chain.nextStream(request).doOnNext((chunk) -> {
				CacheStatus status = CacheStatus.of(chunk.chatResponse());
				if (status != CacheStatus.NONE) {
					this.seen.add(status);
				}
			});
		}

		@Override
		public String getName() {
			return "rounds";
		}

		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE - 1;
		}

	}

}
