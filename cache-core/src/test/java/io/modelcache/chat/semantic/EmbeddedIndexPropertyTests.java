package io.modelcache.chat.semantic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.modelcache.chat.semantic.SemanticIndex.Entry;
import io.modelcache.chat.semantic.SemanticIndex.Match;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;
import io.modelcache.testing.TestClock;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Random histories of {@link EmbeddedSemanticIndex} beside an index so simple that it
 * must be right.
 */
class EmbeddedIndexPropertyTests {

	private static final int DIMENSIONS = 16;

	/**
	 * Partitions stay small enough to be searched exactly.
	 */
	@Property(tries = 300)
	void itFindsWhatANaiveIndexFinds(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int maximumEntries,
			@ForAll @IntRange(min = 1, max = 4) int partitions) {
		TestClock clock = new TestClock();
		EmbeddedSemanticIndex index = EmbeddedSemanticIndex.builder()
			.maximumEntries(maximumEntries)
			.clock(clock)
			.build();
		Naive naive = new Naive(clock);
		Random random = new Random(seed);
		TestVectors vectors = new TestVectors(seed, DIMENSIONS);
		for (int step = 0; step < 200; step++) {
			int number = random.nextInt(40);
			Fingerprint partition = new Fingerprint(number % partitions, 0, 0, 0);
			Fingerprint key = new Fingerprint(0, number, 0, 0);
			switch (random.nextInt(12)) {
				case 0 -> {
					index.remove(partition, key);
					naive.entries.remove(key);
				}
				case 1 -> {
					index.removeAll(Set.of(key));
					naive.entries.remove(key);
				}
				case 2 -> clock.advance(Duration.ofSeconds(random.nextInt(20)));
				case 3 -> {
					if (random.nextInt(10) == 0) {
						index.clear();
						naive.entries.clear();
					}
				}
				default -> {
					Instant until = random.nextBoolean() ? StoredEntry.NEVER
							: clock.instant().plusSeconds(random.nextInt(60));
					Entry entry = new Entry(key, vectors.any(), until);
					index.add(partition, entry);
					naive.add(partition, entry);
				}
			}
			assertThat(index.size()).isLessThanOrEqualTo(maximumEntries);
			if (naive.entries.size() <= maximumEntries) {
				assertSame(index, naive, partition, vectors.any(), 1 + random.nextInt(8));
			}
			else {
				naive.keepOnly(index, vectors.any());
			}
		}
	}

	/**
	 * Entries come and go until segments are split, moved and emptied in all ways; near
	 * ones are always found, far ones are never wrong.
	 */
	@Property(tries = 25)
	void aLargePartitionLosesNothingAsItGrowsAndShrinks(@ForAll long seed) {
		TestClock clock = new TestClock();
		EmbeddedSemanticIndex index = EmbeddedSemanticIndex.builder().clock(clock).build();
		Fingerprint partition = new Fingerprint(1, 1, 1, 1);
		Random random = new Random(seed);
		TestVectors vectors = new TestVectors(seed, DIMENSIONS);
		Map<Integer, float[]> there = new HashMap<>();
		for (int phase = 0; phase < 6; phase++) {
			int target = random.nextInt(1200);
			while (there.size() != target) {
				int number = random.nextInt(1500);
				Fingerprint key = new Fingerprint(0, number, 0, 0);
				if (there.size() < target) {
					there.put(number, vectors.any());
					index.add(partition, new Entry(key, there.get(number), StoredEntry.NEVER));
				}
				else if (there.remove(number) != null) {
					index.remove(partition, key);
				}
			}
			assertThat(index.size()).isEqualTo(there.size());
			there.forEach((number, vector) -> {
				List<Match> found = index.nearest(partition, vector, 1);
				assertThat(found).singleElement().satisfies((match) -> {
					assertThat(match.key().second()).isEqualTo((long) number);
					assertThat(match.similarity()).isCloseTo(1, within(1e-5));
				});
			});
		}
	}

	private static void assertSame(SemanticIndex index, Naive naive, Fingerprint partition, float[] vector, int limit) {
		List<Match> found = index.nearest(partition, vector, limit);
		List<Match> expected = naive.nearest(partition, vector);
		assertThat(found).hasSize(Math.min(limit, expected.size()));
		for (int i = 0; i < found.size(); i++) {
			assertThat(found.get(i).key()).isEqualTo(expected.get(i).key());
			assertThat(found.get(i).similarity()).isCloseTo(expected.get(i).similarity(), within(1e-5));
		}
	}

	/**
	 * Compares everything.
	 */
	private static final class Naive {

		private final TestClock clock;

		private final Map<Fingerprint, Added> entries = new HashMap<>();

		Naive(TestClock clock) {
			this.clock = clock;
		}

		void add(Fingerprint partition, Entry entry) {
			this.entries.put(entry.key(), new Added(partition, entry));
		}

		List<Match> nearest(Fingerprint partition, float[] vector) {
			List<Match> matches = new ArrayList<>();
			for (Added added : this.entries.values()) {
				if (added.partition().equals(partition) && added.entry().until().isAfter(this.clock.instant())) {
					matches.add(new Match(added.entry().key(), TestVectors.cosine(vector, added.entry().vector())));
				}
			}
			matches.sort(Comparator.comparingDouble(Match::similarity).reversed());
			return matches;
		}

		/**
		 * Follow an index that had no room: what it has must be right, the rest is
		 * forgotten here too.
		 */
		void keepOnly(SemanticIndex index, float[] vector) {
			Map<Fingerprint, Added> kept = new HashMap<>();
			for (int number = 0; number < 4; number++) {
				Fingerprint partition = new Fingerprint(number, 0, 0, 0);
				for (Match match : index.nearest(partition, vector, 100)) {
					Added added = this.entries.get(match.key());
					assertThat(added).isNotNull();
					assertThat(added.partition()).isEqualTo(partition);
					kept.put(match.key(), added);
				}
			}
			this.entries.clear();
			this.entries.putAll(kept);
		}

	}

	/**
	 * An entry and where it was added.
	 */
	private record Added(Fingerprint partition, Entry entry) {

	}

}
