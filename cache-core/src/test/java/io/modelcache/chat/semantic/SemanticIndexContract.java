package io.modelcache.chat.semantic;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.modelcache.chat.semantic.SemanticIndex.Entry;
import io.modelcache.chat.semantic.SemanticIndex.Match;
import io.modelcache.key.CanonicalForm;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;
import io.modelcache.testing.TestClock;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/**
 * The contract of {@link SemanticIndex} as tests, which every index passes, whoever wrote
 * it. An index that is {@link AutoCloseable} is closed after each test.
 */
public abstract class SemanticIndexContract {

	/**
	 * How long the entries live that a test lets end.
	 */
	protected static final Duration SHORT = Duration.ofMillis(200);

	private static final int DIMENSIONS = 48;

	private static final Fingerprint PARTITION = fingerprint("partition");

	private static final Fingerprint OTHER = fingerprint("other partition");

	private final TestVectors vectors = new TestVectors(7, DIMENSIONS);

	private final float[] question = this.vectors.any();

	private SemanticIndex index;

	/**
	 * Create the index under test.
	 * @return a new one, empty
	 * @throws Exception if that is not possible
	 */
	protected abstract SemanticIndex createIndex() throws Exception;

	/**
	 * Return another index that sees what the first one was given.
	 * @param refill adds to an index whatever was added to the first one
	 * @return the index, filled again if it does not keep anything
	 * @throws Exception if that is not possible
	 */
	protected abstract SemanticIndex restart(Consumer<SemanticIndex> refill) throws Exception;

	/**
	 * Return the clock that the index goes by, if a test can move it.
	 * @return the clock, or {@code null} for an index with a clock of its own
	 */
	protected @Nullable TestClock clock() {
		return null;
	}

	@BeforeEach
	void openIndex() throws Exception {
		this.index = createIndex();
	}

	@AfterEach
	void closeIndex() throws Exception {
		if (this.index instanceof AutoCloseable closeable) {
			closeable.close();
		}
	}

	@Test
	void theNearestEntryComesFirst() {
		add("far", this.vectors.near(this.question, 0.2));
		add("near", this.vectors.near(this.question, 0.95));
		add("opposite", TestVectors.scaled(this.question, -1));
		add("equal", this.question);
		add("between", this.vectors.near(this.question, 0.6));
		List<Match> found = find(10);
		assertThat(keys(found)).containsExactly(keys("equal", "near", "between", "far", "opposite"));
		List<Double> cosines = List.of(1.0, 0.95, 0.6, 0.2, -1.0);
		for (int i = 0; i < cosines.size(); i++) {
			assertThat(found.get(i).similarity()).isCloseTo(cosines.get(i), within(1e-4)).isBetween(-1.0, 1.0);
		}
	}

	@Test
	void noMoreThanAreWantedAreFound() {
		for (int i = 0; i < 20; i++) {
			add("e" + i, this.vectors.near(this.question, 0.9 - 0.04 * i));
		}
		assertThat(keys(find(3))).containsExactly(keys("e0", "e1", "e2"));
		assertThat(find(1)).hasSize(1);
		assertThat(find(100)).hasSize(20);
		assertThatIllegalArgumentException().isThrownBy(() -> find(0)).withMessageContaining("limit");
	}

	@Test
	void anEmptyPartitionHasNothing() {
		assertThat(find(5)).isEmpty();
		this.index.remove(PARTITION, fingerprint("nobody"));
		this.index.removeAll(List.of(fingerprint("nobody")));
		this.index.removeAll(List.of());
		this.index.clear();
		assertThat(find(5)).isEmpty();
	}

	@Test
	void anotherPartitionIsNeverSearched() {
		add("mine", this.vectors.near(this.question, 0.1));
		this.index.add(OTHER, entry("theirs", this.question));
		assertThat(keys(find(10))).containsExactly(keys("mine"));
		assertThat(keys(this.index.nearest(OTHER, this.question, 10))).containsExactly(keys("theirs"));
		assertThat(this.index.nearest(fingerprint("third"), this.question, 10)).isEmpty();
	}

	/**
	 * Everything is similar to everything, as if the threshold were 0.
	 */
	@Test
	void howeverSimilarEverythingIsNothingIsFoundInAnotherPartition() {
		Random random = new Random(11);
		for (int round = 0; round < 10; round++) {
			int partitions = 2 + random.nextInt(5);
			for (int i = 0; i < 60; i++) {
				int partition = random.nextInt(partitions);
				this.index.add(partition(round, partition),
						new Entry(key(round, partition, i), this.vectors.near(this.question, 0.99), StoredEntry.NEVER));
			}
			for (int partition = 0; partition <= partitions; partition++) {
				int asked = partition;
				int inRound = round;
				assertThat(keys(this.index.nearest(partition(round, partition), this.question, 100)))
					.isSubsetOf(range(60).stream().map((i) -> key(inRound, asked, i)).toList());
			}
		}
	}

	@Test
	void theLengthOfAVectorDoesNotMatter() {
		add("long", TestVectors.scaled(this.vectors.near(this.question, 0.9), 1e15));
		add("short", TestVectors.scaled(this.vectors.near(this.question, 0.8), 1e-15));
		List<Match> found = this.index.nearest(PARTITION, TestVectors.scaled(this.question, 1e12), 5);
		assertThat(keys(found)).containsExactly(keys("long", "short"));
		assertThat(found.get(0).similarity()).isCloseTo(0.9, within(1e-4));
		assertThat(found.get(1).similarity()).isCloseTo(0.8, within(1e-4));
	}

	@Test
	void theVectorsOfTheCallerAreLeftAlone() {
		float[] added = this.vectors.near(this.question, 0.9);
		float[] asked = this.question.clone();
		float[] before = added.clone();
		add("a", added);
		this.index.nearest(PARTITION, asked, 5);
		assertThat(added).isEqualTo(before);
		assertThat(asked).isEqualTo(this.question);
	}

	@Test
	void whatHasEndedIsNotFound() {
		this.index.add(PARTITION, new Entry(fingerprint("short"), this.question, now().plus(SHORT)));
		this.index.add(PARTITION, new Entry(fingerprint("hour"), this.question, now().plus(Duration.ofHours(1))));
		this.index.add(PARTITION, new Entry(fingerprint("ever"), this.question, StoredEntry.NEVER));
		pass(SHORT);
		eventually(() -> assertThat(keys(find(5))).containsExactlyInAnyOrder(keys("hour", "ever")));
	}

	@Test
	void whatHadEndedWhenItWasAddedIsNotFound() {
		this.index.add(PARTITION, new Entry(fingerprint("a"), this.question, now().minus(Duration.ofMinutes(1))));
		assertThat(find(5)).isEmpty();
		add("b", this.question);
		assertThat(keys(find(5))).containsExactly(keys("b"));
	}

	@Test
	void anEntryThatIsAddedAgainIsReplaced() {
		this.index.add(PARTITION, new Entry(fingerprint("a"), this.question, now().plus(SHORT)));
		add("b", this.vectors.near(this.question, 0.9));
		float[] elsewhere = this.vectors.near(this.question, 0.1);
		add("a", elsewhere);
		assertThat(keys(find(5))).containsExactly(keys("b", "a"));
		pass(SHORT);
		List<Match> found = this.index.nearest(PARTITION, elsewhere, 5);
		assertThat(keys(found)).containsExactly(keys("a", "b"));
		assertThat(found.get(0).similarity()).isCloseTo(1, within(1e-4));
	}

	@Test
	void whatIsRemovedIsNotFound() {
		add("a", this.question);
		add("b", this.vectors.near(this.question, 0.9));
		this.index.remove(OTHER, fingerprint("a"));
		assertThat(find(5)).hasSize(2);
		this.index.remove(PARTITION, fingerprint("a"));
		assertThat(keys(find(5))).containsExactly(keys("b"));
		this.index.remove(PARTITION, fingerprint("a"));
		this.index.remove(PARTITION, fingerprint("b"));
		assertThat(find(5)).isEmpty();
	}

	@Test
	void newsOfRemovalsLeaveTheOthers() {
		add("a", this.question);
		add("b", this.question);
		this.index.removeAll(List.of(fingerprint("a"), fingerprint("unknown")));
		assertThat(keys(find(5))).contains(keys("b"));
	}

	@Test
	void clearingLeavesNothingInAnyPartition() {
		add("a", this.question);
		this.index.add(OTHER, entry("b", this.question));
		this.index.clear();
		assertThat(find(5)).isEmpty();
		assertThat(this.index.nearest(OTHER, this.question, 5)).isEmpty();
		assertThat(this.index.size()).isIn(0L, SemanticIndex.UNKNOWN);
		add("c", this.question);
		assertThat(keys(find(5))).containsExactly(keys("c"));
	}

	static Stream<float[]> unusable() {
		float[] constant = new float[DIMENSIONS];
		Arrays.fill(constant, 0.5f);
		float[] notANumber = new TestVectors(1, DIMENSIONS).any();
		notANumber[3] = Float.NaN;
		float[] infinite = new TestVectors(1, DIMENSIONS).any();
		infinite[DIMENSIONS - 1] = Float.NEGATIVE_INFINITY;
		return Stream.of(new float[0], new float[] { 1 }, new float[DIMENSIONS], constant, notANumber, infinite);
	}

	@ParameterizedTest
	@MethodSource("unusable")
	void aVectorWithoutDirectionIsRefused(float[] vector) {
		assertRefused(vector);
		add("a", this.question);
		assertRefused(vector);
		assertThat(keys(find(5))).containsExactly(keys("a"));
	}

	@Test
	void aVectorOfOtherDimensionsIsRefused() {
		add("a", this.question);
		float[] shorter = new TestVectors(1, DIMENSIONS - 8).any();
		float[] longer = new TestVectors(1, DIMENSIONS + 8).any();
		assertRefused(shorter);
		assertRefused(longer);
		assertThatExceptionOfType(UnusableVectorException.class)
			.isThrownBy(() -> this.index.add(PARTITION, entry("a", shorter)))
			.withMessageContaining("has 40 dimensions");
		assertThat(keys(find(5))).containsExactly(keys("a"));
		this.index.add(OTHER, entry("b", shorter));
		assertThat(keys(this.index.nearest(OTHER, shorter, 5))).containsExactly(keys("b"));
	}

	@Test
	void aPartitionThatIsEmptyAgainTakesOtherDimensions() {
		add("a", this.question);
		this.index.remove(PARTITION, fingerprint("a"));
		float[] shorter = new TestVectors(1, DIMENSIONS - 8).any();
		add("b", shorter);
		assertThat(keys(this.index.nearest(PARTITION, shorter, 5))).containsExactly(keys("b"));
	}

	@Test
	void inALargePartitionWhatIsNearIsFound() {
		TestVectors many = new TestVectors(3, DIMENSIONS);
		List<float[]> all = new ArrayList<>();
		for (int i = 0; i < 700; i++) {
			all.add(((i % 7 == 0) || all.isEmpty()) ? many.any() : many.near(all.get(i - 1), 0.7));
			add("e" + i, all.get(i));
		}
		for (int i = 0; i < 700; i += 7) {
			float[] asked = many.near(all.get(i), 0.85);
			int nearest = Collections.max(range(700),
					Comparator.comparingDouble((other) -> TestVectors.cosine(asked, all.get(other))));
			Match found = this.index.nearest(PARTITION, asked, 5).get(0);
			assertThat(found.key()).isEqualTo(fingerprint("e" + nearest));
			assertThat(found.similarity()).isCloseTo(TestVectors.cosine(asked, all.get(nearest)), within(1e-4));
		}
	}

	@Test
	void whatIsAddedByTwoAtOnceIsAllFound() throws Exception {
		SemanticIndex index = this.index;
		List<Callable<Void>> writers = new ArrayList<>();
		for (int writer = 0; writer < 2; writer++) {
			TestVectors own = new TestVectors(writer, DIMENSIONS);
			String name = "w" + writer + " ";
			writers.add(() -> {
				for (int i = 0; i < 150; i++) {
					index.add(PARTITION, entry(name + i, own.any()));
				}
				return null;
			});
		}
		ExecutorService executor = Executors.newFixedThreadPool(writers.size());
		try {
			for (Future<Void> future : writers.stream().map(executor::submit).toList()) {
				future.get(60, TimeUnit.SECONDS);
			}
		}
		finally {
			executor.shutdownNow();
		}
		for (int writer = 0; writer < 2; writer++) {
			TestVectors own = new TestVectors(writer, DIMENSIONS);
			for (int i = 0; i < 150; i++) {
				assertThat(this.index.nearest(PARTITION, own.any(), 1).get(0).key())
					.isEqualTo(fingerprint("w" + writer + " " + i));
			}
		}
	}

	@Test
	void afterARestartEverythingIsFound() throws Exception {
		float[] near = this.vectors.near(this.question, 0.9);
		Consumer<SemanticIndex> fill = (filled) -> {
			filled.add(PARTITION, entry("a", this.question));
			filled.add(PARTITION, entry("b", near));
			filled.add(OTHER, entry("c", this.question));
		};
		fill.accept(this.index);
		this.index = restart(fill);
		assertThat(keys(find(5))).containsExactly(keys("a", "b"));
		assertThat(keys(this.index.nearest(OTHER, this.question, 5))).containsExactly(keys("c"));
	}

	protected final SemanticIndex index() {
		return this.index;
	}

	protected final float[] question() {
		return this.question;
	}

	protected final TestVectors vectors() {
		return this.vectors;
	}

	protected final void add(String name, float[] vector) {
		this.index.add(PARTITION, entry(name, vector));
	}

	protected final List<Match> find(int limit) {
		return this.index.nearest(PARTITION, this.question, limit);
	}

	protected static Fingerprint partition() {
		return PARTITION;
	}

	protected static Entry entry(String name, float[] vector) {
		return new Entry(fingerprint(name), vector, StoredEntry.NEVER);
	}

	protected static Fingerprint fingerprint(String name) {
		return CanonicalForm.of("semantic-test", 1).text("name", name).fingerprint();
	}

	protected static Fingerprint[] keys(String... names) {
		return Stream.of(names).map(SemanticIndexContract::fingerprint).toArray(Fingerprint[]::new);
	}

	protected static List<Fingerprint> keys(List<Match> matches) {
		return matches.stream().map(Match::key).toList();
	}

	/**
	 * Return the time of this JVM.
	 * @return the time
	 */
	protected final Instant now() {
		TestClock clock = clock();
		return (clock != null) ? clock.instant() : InstantSource.system().instant();
	}

	/**
	 * Let time pass, if it does not pass by itself.
	 * @param duration how much
	 */
	protected final void pass(Duration duration) {
		TestClock clock = clock();
		if (clock != null) {
			clock.advance(duration);
		}
	}

	private void assertRefused(float[] vector) {
		assertThatExceptionOfType(UnusableVectorException.class)
			.isThrownBy(() -> this.index.add(PARTITION, entry("refused", vector)));
		assertThatExceptionOfType(UnusableVectorException.class)
			.isThrownBy(() -> this.index.nearest(PARTITION, vector, 5));
	}

	/**
	 * Assert something that may take a while.
	 * @param assertion what must hold within ten seconds
	 */
	protected static void eventually(ThrowingRunnable assertion) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.untilAsserted(assertion);
	}

	private static List<Integer> range(int end) {
		return Stream.iterate(0, (i) -> i + 1).limit(end).toList();
	}

	private static Fingerprint partition(int round, int number) {
		return fingerprint("partition %d of round %d".formatted(number, round));
	}

	private static Fingerprint key(int round, int partition, int number) {
		return fingerprint("entry %d of partition %d of round %d".formatted(number, partition, round));
	}

}
