package io.modelcache.chat.semantic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.modelcache.chat.semantic.SemanticIndex.Entry;
import io.modelcache.chat.semantic.SemanticIndex.Match;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;
import io.modelcache.testing.TestClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Readers of {@link EmbeddedSemanticIndex} while writers add, replace, remove and let
 * entries end: none sees a wrong key, a wrong similarity or an exception, and none misses
 * an entry that is there all the time.
 */
class EmbeddedIndexStressTests {

	private static final int DIMENSIONS = 32;

	private static final int NUMBERS = 1500;

	private static final int PARTITIONS = 2;

	private static final int WRITES = 15_000;

	private static final int LASTING = 20;

	private final TestClock clock = new TestClock();

	private final EmbeddedSemanticIndex index = EmbeddedSemanticIndex.builder()
		.maximumEntries(1200)
		.clock(this.clock)
		.build();

	private final AtomicBoolean writing = new AtomicBoolean(true);

	@Test
	void readersSeeNothingWrongWhileWritersChangeEverything() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			List<Future<Void>> writers = new ArrayList<>();
			for (int seed = 0; seed < 2; seed++) {
				writers.add(executor.submit(writer(seed)));
			}
			List<Future<Void>> readers = new ArrayList<>();
			for (int seed = 2; seed < 4; seed++) {
				readers.add(executor.submit(reader(seed)));
			}
			for (Future<Void> writer : writers) {
				writer.get(120, TimeUnit.SECONDS);
			}
			this.writing.set(false);
			for (Future<Void> reader : readers) {
				reader.get(120, TimeUnit.SECONDS);
			}
		}
		finally {
			this.writing.set(false);
			executor.shutdownNow();
		}
	}

	@Test
	void whatIsThereAllTheTimeIsFoundAllTheTime() throws Exception {
		EmbeddedSemanticIndex roomy = EmbeddedSemanticIndex.builder().clock(this.clock).build();
		Fingerprint partition = partition(0);
		for (int i = 0; i < NUMBERS; i++) {
			roomy.add(partition, new Entry(key(i, 0), vector(i, 0), StoredEntry.NEVER));
		}
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			Future<?> writer = executor.submit(() -> {
				Random random = new Random(9);
				for (int i = 0; i < WRITES && this.writing.get(); i++) {
					int number = LASTING + random.nextInt(NUMBERS - LASTING);
					if (random.nextBoolean()) {
						roomy.remove(partition, key(number, 0));
					}
					else {
						roomy.add(partition, new Entry(key(number, 0), vector(number, 0), StoredEntry.NEVER));
					}
				}
			});
			while (!writer.isDone()) {
				for (int number = 0; number < LASTING; number++) {
					assertThat(roomy.nearest(partition, vector(number, 0), 1)).extracting(Match::key)
						.containsExactly(key(number, 0));
				}
			}
			writer.get(120, TimeUnit.SECONDS);
		}
		finally {
			this.writing.set(false);
			executor.shutdownNow();
		}
	}

	private Callable<Void> writer(int seed) {
		return () -> {
			Random random = new Random(seed);
			for (int i = 0; i < WRITES; i++) {
				int number = random.nextInt(NUMBERS);
				Fingerprint key = key(number, random.nextInt(2));
				switch (random.nextInt(8)) {
					case 0, 1 -> this.index.remove(partition(number), key);
					case 2 -> this.index.removeAll(List.of(key, key(random.nextInt(NUMBERS), 0)));
					case 3 -> this.clock.advance(Duration.ofMillis(random.nextInt(20)));
					default -> {
						Instant until = random.nextBoolean() ? StoredEntry.NEVER
								: this.clock.instant().plusMillis(random.nextInt(5000));
						this.index.add(partition(number), new Entry(key, vector(number, (int) key.third()), until));
					}
				}
			}
			return null;
		};
	}

	private Callable<Void> reader(int seed) {
		return () -> {
			Random random = new Random(seed);
			while (this.writing.get()) {
				int number = random.nextInt(NUMBERS);
				float[] asked = vector(number, 0);
				List<Match> matches = this.index.nearest(partition(number), asked, 5);
				assertThat(matches).extracting(Match::key).doesNotHaveDuplicates();
				for (Match match : matches) {
					int found = (int) match.key().second();
					assertThat(partition(found)).isEqualTo(partition(number));
					assertThat(match.similarity())
						.isCloseTo(TestVectors.cosine(asked, vector(found, (int) match.key().third())), within(1e-5));
				}
			}
			return null;
		};
	}

	private static Fingerprint partition(int number) {
		return new Fingerprint(7, number % PARTITIONS, 0, 0);
	}

	private static Fingerprint key(int number, int version) {
		return new Fingerprint(0, number, version, 0);
	}

	private static float[] vector(int number, int version) {
		return new TestVectors(31L * number + version, DIMENSIONS).any();
	}

}
