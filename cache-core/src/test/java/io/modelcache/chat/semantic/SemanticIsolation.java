package io.modelcache.chat.semantic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.modelcache.CacheControl;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.store.CacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.MeaningModel;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks questions that are all the same to a semantic cache, at random in two scopes,
 * under two system texts, after two histories and of two models, and checks that no
 * answer is given elsewhere than where it was made.
 */
final class SemanticIsolation {

	private static final int MODELS = 2;

	private final List<CachingChatModel> models = new ArrayList<>();

	private final Map<String, String> places = new HashMap<>();

	private int hits;

	SemanticIsolation(CacheStore store, SemanticIndex index) {
		MeaningModel meaning = new MeaningModel() {

			@Override
			public float[] vector(String text) {
				return new float[] { 1, 0, 0, 1 };
			}

		};
		SemanticCaching all = SemanticCaching.builder(meaning, "test")
			.index(index)
			.guarded(false)
			.threshold(-1.0)
			.maxTurns(5)
			.build();
		for (int i = 0; i < MODELS; i++) {
			String name = "model" + i;
			this.models.add(CachingChatModel
				.builder(new CountingChatModel((call) -> CountingChatModel.answer(name + " says " + call)))
				.name(name)
				.store(store)
				.ttl(Duration.ofHours(1))
				.cacheLayer(all)
				.build());
		}
	}

	/**
	 * Ask.
	 * @param random chooses the questions and where they are asked
	 * @param questions how many
	 * @return how many were answered from the cache
	 */
	int ask(Random random, int questions) {
		for (int i = 0; i < questions; i++) {
			int model = random.nextInt(MODELS);
			String scope = "scope" + random.nextInt(2);
			int system = random.nextInt(3);
			int history = random.nextInt(3);
			int temperature = random.nextInt(2);
			String place = model + scope + system + history + temperature;
			List<Message> messages = new ArrayList<>();
			if (system > 0) {
				messages.add(new SystemMessage("system " + system));
			}
			if (history > 0) {
				messages.add(new UserMessage("before " + history));
				messages.add(new AssistantMessage("answer"));
			}
			messages.add(new UserMessage(
					"How many legs does the insect of number %d have?".formatted(random.nextInt(1_000_000))));
			Prompt prompt = new Prompt(messages,
					ChatOptions.builder().model("test").temperature((double) temperature).build());
			check(place, CacheControl.scope(scope).call(() -> this.models.get(model).call(prompt)));
		}
		return this.hits;
	}

	private void check(String place, ChatResponse response) {
		String answer = String.valueOf(response.getResult().getOutput().getText());
		String before = this.places.putIfAbsent(answer, place);
		assertThat(place).as("where '%s' is given", answer).isEqualTo((before != null) ? before : place);
		this.hits += (before != null) ? 1 : 0;
	}

}
