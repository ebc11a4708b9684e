package io.modelcache.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WriteQueue}.
 */
class WriteQueueTests {

	private final List<List<StoredEntry>> written = new ArrayList<>();

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	private final WriteQueue queue = new WriteQueue(this.written::add, this.tasks::add);

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
		holder[0] = new WriteQueue((slice) -> found.add(holder[0].find(entry.fingerprint())), this.tasks::add);
		holder[0].offer(List.of(entry));
		assertThat(holder[0].find(entry.fingerprint())).isSameAs(entry);
		this.tasks.remove().run();
		assertThat(found).containsExactly(entry);
		assertThat(holder[0].find(entry.fingerprint())).isNull();
	}

	@Test
	void anEvictionDoesNotWaitForEverForAWriteThatHangs() {
		WriteQueue[] holder = new WriteQueue[1];
		List<Integer> removed = new ArrayList<>();
		holder[0] = new WriteQueue((slice) -> removed.add(holder[0].remove((entry) -> true, Duration.ofMillis(1))),
				this.tasks::add);
		holder[0].offer(List.of(entry("a", 1)));
		this.tasks.remove().run();
		assertThat(removed).containsExactly(0);
	}

	@Test
	void anErrorOfTheJvmDoesNotStopTheWritingForEver() {
		StackOverflowError error = new StackOverflowError();
		WriteQueue failing = new WriteQueue((slice) -> {
			this.written.add(slice);
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
