package io.modelcache.sample.demo;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * Summarizes a book by map and reduce: each chapter on its own, all of them at the same
 * time, then the summaries of the chapters.
 */
final class Summarizer {

	private final ChatClient mapper;

	private final Function<String, ChatResponse> reducer;

	private final Executor executor;

	/**
	 * Create a summarizer.
	 * @param mapper summarizes chapters, whose summaries may come from the cache
	 * @param reducer answers the question about the whole book, which is to be fresh
	 * @param executor runs the calls for the chapters
	 */
	Summarizer(ChatClient mapper, Function<String, ChatResponse> reducer, Executor executor) {
		this.mapper = mapper;
		this.reducer = reducer;
		this.executor = executor;
	}

	Summary summarize(List<String> chapters) {
		List<CompletableFuture<ChatResponse>> calls = chapters.stream()
			.map((chapter) -> CompletableFuture.supplyAsync(() -> chapter(chapter), this.executor))
			.toList();
		List<ChatResponse> summaries = calls.stream().map(CompletableFuture::join).toList();
		String all = summaries.stream().map(Summarizer::text).collect(Collectors.joining("\n"));
		return new Summary(summaries, this.reducer.apply("Summarize the book with these chapters: " + all));
	}

	private ChatResponse chapter(String chapter) {
		return Objects.requireNonNull(this.mapper.prompt("Summarize: " + chapter).call().chatResponse());
	}

	private static String text(ChatResponse response) {
		String text = Objects.requireNonNull(response.getResult()).getOutput().getText();
		return Objects.requireNonNullElse(text, "");
	}

	/**
	 * A summary.
	 *
	 * @param chapters those of the chapters
	 * @param book that of the whole
	 */
	record Summary(List<ChatResponse> chapters, ChatResponse book) {
	}

}
