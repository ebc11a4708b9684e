package io.modelcache.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WriteQueue}.
 */
class WriteQueueTests {

	private static final Duration FOR_EVER = Duration.ofMinutes(1);

	private final List<List<StoredEntry>> written = new ArrayList<>();

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	private final WriteQueue queue = new WriteQueue(this::write, this.tasks::add);

	private final List<Runnable> unended = new ArrayList<>();

	private final WriteQueue hung = new WriteQueue((slice, ended) -> this.unended.add(ended), this.tasks::add);

	private void write(List<StoredEntry> slice, Runnable ended) {
		this.written.add(slice);
		ended.run();
	}

	@Test
	void oneTaskWritesAllInSlices() {
		IntStream.range(0, 600).forEach((i) -> this.queue.offer(List.of(entry("e" + i, 1))));
		assertThat(this.tasks).hasSize(1);
		this.tasks.remove().run();
		assertThat(this.written).extracting(List::size).containsExactly(256, 256, 88);
		assertThat(this.queue.size()).isZero();
	}

	@Test
	void aSliceHasAMegabyteAtMostAndOneEntryAtLeast() {
		this.queue.offer(List.of(entry("a", 2_000_000), entry("b", 600_000), entry("c", 600_000), entry("d", 1)));
		this.tasks.remove().run();
		assertThat(this.written).extracting(List::size).containsExactly(1, 2, 1);
	}

	@Test
	void whatIsTooMuchIsRefusedAsAWhole() {
		this.queue.offer(List.of(entry("a", 10_000_000)));
		assertThat(this.queue.offer(List.of(entry("b", 1), entry("c", 10_000_000)))).isFalse();
		assertThat(this.queue.find(TestEntry.fingerprint("b"))).isNull();
		assertThat(this.queue.offer(List.of(entry("d", 1_000_000)))).isTrue();
		assertThat(this.queue.size()).isEqualTo(2);
	}

	@Test
	void ofTwoEntriesWithOneFingerprintTheLaterIsWritten() {
		this.queue.offer(List.of(entry("a", 1)));
		StoredEntry later = entry("a", 2);
		this.queue.offer(List.of(later));
		this.tasks.remove().run();
		assertThat(this.written).containsExactly(List.of(later));
	}

	@Test
	void anEntryIsFoundWhileItWaitsAndWhileItIsWritten() {
		StoredEntry entry = entry("a", 1);
		List<StoredEntry> found = new ArrayList<>();
		WriteQueue[] holder = new WriteQueue[1];
		holder[0] = new WriteQueue((slice, ended) -> found.add(holder[0].find(entry.fingerprint())), this.tasks::add);
		holder[0].offer(List.of(entry));
		assertThat(holder[0].find(entry.fingerprint())).isSameAs(entry);
		this.tasks.remove().run();
		assertThat(found).containsExactly(entry);
		assertThat(holder[0].find(entry.fingerprint())).isNull();
	}

	@Test
	void anEvictionDoesNotWaitForEverForAWriteThatHangs() {
		WriteQueue[] holder = new WriteQueue[1];
		List<Object> said = new ArrayList<>();
		holder[0] = new WriteQueue((slice, ended) -> {
			said.add(holder[0].remove((entry) -> true));
			said.add(holder[0].settle((entry) -> true, Duration.ofMillis(1)));
		}, this.tasks::add);
		holder[0].offer(List.of(entry("a", 1)));
		this.tasks.remove().run();
		assertThat(said).containsExactly(0, false);
	}

	@Test
	void aSliceThatWasGivenUpIsNoLongerFoundAndYetUnfinishedUntilItHasEnded() {
		StoredEntry entry = entry("a", 1);
		this.hung.offer(List.of(entry));
		this.tasks.remove().run();
		assertThat(this.hung.find(entry.fingerprint())).isNull();
		assertThat(this.hung.size()).isZero();
		this.hung.flush((any) -> true, FOR_EVER);
		assertThat(this.hung.settle(entry::equals, Duration.ofMillis(1))).isFalse();
		assertThat(this.hung.settle(entry("b", 1)::equals, Duration.ZERO)).isTrue();
		this.unended.get(0).run();
		assertThat(this.hung.settle(entry::equals, Duration.ZERO)).isTrue();
	}

	@Test
	void theEndOfASliceThatWasGivenUpDoesNotEndTheNextOne() {
		StoredEntry next = entry("next", 1);
		List<StoredEntry> found = new ArrayList<>();
		WriteQueue[] holder = new WriteQueue[1];
		holder[0] = new WriteQueue((slice, ended) -> {
			this.unended.add(ended);
			if (slice.contains(next)) {
				this.unended.get(0).run();
				found.add(holder[0].find(next.fingerprint()));
			}
		}, this.tasks::add);
		holder[0].offer(List.of(entry("first", 1)));
		this.tasks.remove().run();
		holder[0].offer(List.of(next));
		this.tasks.remove().run();
		assertThat(found).containsExactly(next);
		assertThat(holder[0].settle((entry) -> true, Duration.ofMillis(1))).isFalse();
	}

	@Test
	void anEvictionDoesNotWaitForWhatIsTakenAfterIt() throws Exception {
		this.hung.offer(List.of(entry("before", 1)));
		this.tasks.remove().run();
		FutureTask<Boolean> settling = new FutureTask<>(() -> this.hung.settle((entry) -> true, FOR_EVER));
		Thread thread = new Thread(settling);
		thread.start();
		await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
		this.hung.offer(List.of(entry("after", 1)));
		this.tasks.remove().run();
		this.unended.get(0).run();
		assertThat(settling).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
	}

	@Test
	void anErrorOfTheJvmDoesNotStopTheWritingForEver() {
		StackOverflowError error = new StackOverflowError();
		WriteQueue failing = new WriteQueue((slice, ended) -> {
			write(slice, ended);
			if (this.written.size() == 1) {
				throw error;
			}
		}, this.tasks::add);
		failing.offer(List.of(entry("a", 1)));
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(this.tasks.remove()::run);
		assertThat(failing.size()).isZero();
		failing.offer(List.of(entry("b", 1)));
		this.tasks.remove().run();
		assertThat(this.written).hasSize(2);
	}

	private static StoredEntry entry(String name, int bytes) {
		return TestEntry.of(name, Instant.EPOCH).payload(new byte[bytes]).build();
	}

}
