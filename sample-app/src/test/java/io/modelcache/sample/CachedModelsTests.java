package io.modelcache.sample;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.modelcache.CacheStatus;
import io.modelcache.sample.provider.StandInProvider;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the cache does to an application that knows nothing of it: start reading here.
 */
@SampleTest
class CachedModelsTests {

	@Autowired
	private ChatClient chatClient;

	@Autowired
	private EmbeddingModel embeddingModel;

	@Autowired
	private StandInProvider provider;

	@Test
	void theSecondAnswerIsTheFirstOneFromTheCache() {
		long before = this.provider.calls().chat();
		ChatResponse first = this.chatClient.prompt("What is a hit?").call().chatResponse();
		ChatResponse second = this.chatClient.prompt("What is a hit?").call().chatResponse();
		assertThat(CacheStatus.of(first).hit()).isFalse();
		assertThat(CacheStatus.of(second).hit()).isTrue();
		assertThat(second.getResult().getOutput().getText()).isEqualTo(first.getResult().getOutput().getText());
		assertThat(second.getMetadata().getId()).isEqualTo(first.getMetadata().getId());
		assertThat(this.provider.calls().chat() - before).isEqualTo(1);
	}

	@Test
	void whateverChangesTheAnswerChangesTheQuestion() {
		long before = this.provider.calls().chat();
		this.chatClient.prompt("What is a key?").call().content();
		this.chatClient.prompt("What is a key?").system("Be brief").call().content();
		this.chatClient.prompt("What is a Key?").call().content();
		assertThat(this.provider.calls().chat() - before).isEqualTo(3);
	}

	@Test
	void aToolRunsEveryTimeAlthoughTheWishToCallItIsCached() {
		long before = this.provider.calls().chat();
		Weather tool = new Weather();
		String first = this.chatClient.prompt("What is the weather in Lima?").tools(tool).call().content();
		String second = this.chatClient.prompt("What is the weather in Lima?").tools(tool).call().content();
		assertThat(second).isEqualTo(first).contains("21 °C in Lima");
		assertThat(tool.runs).hasValue(2);
		assertThat(this.provider.calls().chat() - before).isEqualTo(2);
	}

	@Test
	void aStreamComesPieceByPieceWithTheUsageAtItsEnd() {
		List<ChatResponse> chunks = this.chatClient.prompt("What is a stream?")
			.stream()
			.chatResponse()
			.collectList()
			.block();
		assertThat(chunks).hasSizeGreaterThan(10);
		assertThat(chunks.get(chunks.size() - 1).getMetadata().getUsage().getCompletionTokens()).isGreaterThan(10);
	}

	@Test
	void aTextIsEmbeddedOnce() {
		long before = this.provider.calls().embeddings();
		float[] first = this.embeddingModel.embed("What is a vector?");
		float[] second = this.embeddingModel.embed("What is a vector?");
		assertThat(second).isEqualTo(first).hasSize(1536);
		assertThat(this.provider.calls().embeddings() - before).isEqualTo(1);
	}

	@Test
	void aBatchAsksOnlyForTheTextsThatAreNew() {
		this.embeddingModel.embed(List.of("known one", "known two"));
		EmbeddingResponse mixed = this.embeddingModel.embedForResponse(List.of("known two", "new one", "known one"));
		assertThat(mixed.getMetadata().getUsage().getPromptTokens()).isEqualTo(2);
		assertThat(mixed.getResults()).extracting((embedding) -> embedding.getOutput())
			.containsExactly(this.embeddingModel.embed("known two"), this.embeddingModel.embed("new one"),
					this.embeddingModel.embed("known one"));
	}

	/**
	 * A tool that counts how often it runs.
	 */
	static class Weather {

		final AtomicInteger runs = new AtomicInteger();

		@Tool
		String weather(String city) {
			this.runs.incrementAndGet();
			return "21 °C in " + city;
		}

	}

}
