package io.modelcache.sample.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

import io.modelcache.CacheControl;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * What is more than a question asked twice: a call and a stream that share an answer, and
 * a summary of which one part comes from the cache and one must not.
 */
@Component
class Scenes {

	private static final String JOKE = "Tell me a joke";

	private static final List<String> NOVEL = List.of("They meet.", "They part.", "They meet again.");

	private static final List<String> THRILLER = List.of("A shot is heard.", "Nobody was there.", "It was the butler.");

	private final ChatClient chatClient;

	private final ChatModel editor;

	private final Executor executor;

	Scenes(ChatClient chatClient, @Qualifier("editor") ChatModel editor,
			@Qualifier("applicationTaskExecutor") Executor executor) {
		this.chatClient = chatClient;
		this.editor = editor;
		this.executor = executor;
	}

	List<Step> play() {
		List<Step> steps = new ArrayList<>();
		steps.add(Step.of("a joke, called", () -> List.of(call())));
		steps.add(Step.of("a joke, streamed", () -> List.of(stream())));
		steps.add(Step.of("a joke, called again", () -> List.of(call())));
		steps.add(Step.of("a joke, streamed again", () -> List.of(stream())));
		steps.addAll(twice("a summary, reduced by a bypass", bypassing(), NOVEL));
		steps.addAll(twice("a summary, reduced @Uncached", uncached(), THRILLER));
		return steps;
	}

	/**
	 * The call that is to be fresh leaves the cache aside.
	 */
	Summarizer bypassing() {
		return new Summarizer(this.chatClient,
				(text) -> Objects
					.requireNonNull(this.chatClient.prompt(text).advisors(CacheControl.bypass()).call().chatResponse()),
				this.executor);
	}

	/**
	 * The call that is to be fresh goes to a model that has no cache.
	 */
	Summarizer uncached() {
		return new Summarizer(this.chatClient, (text) -> this.editor.call(new Prompt(text)), this.executor);
	}

	private static List<Step> twice(String name, Summarizer summarizer, List<String> chapters) {
		return List.of(Step.of(name, () -> summarize(summarizer, chapters)),
				Step.of(name + ", again", () -> summarize(summarizer, chapters)));
	}

	private static List<ChatResponse> summarize(Summarizer summarizer, List<String> chapters) {
		Summarizer.Summary summary = summarizer.summarize(chapters);
		List<ChatResponse> all = new ArrayList<>(summary.chapters());
		all.add(summary.book());
		return all;
	}

	private ChatResponse call() {
		return Objects.requireNonNull(this.chatClient.prompt(JOKE).call().chatResponse());
	}

	private ChatResponse stream() {
		return Objects.requireNonNull(this.chatClient.prompt(JOKE).stream().chatResponse().blockLast());
	}

}
