package io.modelcache.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandedOverCall}.
 */
class HandedOverCallTests {

	private final List<Thread> aborted = new ArrayList<>();

	private final List<HandedOverCall<?>> left = new ArrayList<>();

	@Test
	void aCallThatRunsIsAborted() {
		List<HandedOverCall<Boolean>> self = new ArrayList<>();
		self.add(call(() -> self.get(0).abort(this.aborted::add)));
		self.get(0).run();
		assertThat(self.get(0)).isCompletedWithValue(true);
		assertThat(this.aborted).containsExactly(Thread.currentThread());
	}

	@Test
	void aCallThatHasNotBegunOrHasEndedIsNot() {
		HandedOverCall<Boolean> call = call(() -> true);
		assertThat(call.abort(this.aborted::add)).isFalse();
		call.run();
		assertThat(call.abort(this.aborted::add)).isFalse();
		assertThat(this.aborted).isEmpty();
	}

	@Test
	void onlyACallerWhoHasNoAnswerLeaves() {
		HandedOverCall<Boolean> call = call(() -> true);
		HandedOverCall<Boolean> answered = call(() -> true);
		answered.run();
		call.cancel(true);
		answered.cancel(true);
		assertThat(this.left).containsExactly(call);
	}

	private HandedOverCall<Boolean> call(Supplier<Boolean> call) {
		return new HandedOverCall<>(call, () -> {
		}, this.left::add);
	}

}
