package io.modelcache.sample.demo;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.modelcache.CacheStatus;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * One step of a scene, which may take several answers.
 *
 * @param name what was done
 * @param took how long it took
 * @param answers how many answers there were
 * @param asked how many of them the provider gave
 */
record Step(String name, Duration took, int answers, int asked) {

	static Step of(String name, Supplier<List<ChatResponse>> action) {
		long start = System.nanoTime();
		List<ChatResponse> responses = action.get();
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		long asked = responses.stream().filter((response) -> !CacheStatus.of(response).hit()).count();
		return new Step(name, took, responses.size(), (int) asked);
	}

	double millis() {
		return this.took.toNanos() / 1e6;
	}

	String outcome() {
		if (this.answers == 1) {
			return (this.asked == 0) ? "hit" : "miss";
		}
		return "%d of %d asked".formatted(this.asked, this.answers);
	}

}
