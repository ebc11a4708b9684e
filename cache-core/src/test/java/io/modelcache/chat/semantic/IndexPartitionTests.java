package io.modelcache.chat.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IndexPartition}: who reads one state of it sees nothing of later ones.
 */
class IndexPartitionTests {

	private static final int DIMENSIONS = 16;

	private static final int SIZE = 700;

	private final Random random = new Random(5);

	private final SignHash rotation = SignHash.of(DIMENSIONS);

	private final TestVectors vectors = new TestVectors(5, DIMENSIONS);

	private final List<IndexedEntry> there = new ArrayList<>();

	private IndexPartition partition = IndexPartition.empty(DIMENSIONS);

	@Test
	void aStateOnceReadStaysAsItWas() {
		while (this.there.size() < SIZE) {
			add();
		}
		IndexPartition read = this.partition;
		List<IndexedEntry> entries = entries(read);
		for (int i = 0; i < 300; i++) {
			remove(this.there.remove(this.random.nextInt(this.there.size())));
			if (i % 3 > 0) {
				add();
			}
		}
		assertThat(entries(read)).isEqualTo(entries);
		assertThat(entries(this.partition)).containsExactlyInAnyOrderElementsOf(this.there);
		for (int position = 0; position < SIZE; position++) {
			assertThat(nearestByBits(read, entries.get(position))).isEqualTo(position);
		}
	}

	@Test
	void theLastEntryCanBeRemovedAndAnotherOneTakeItsPlace() {
		add();
		add();
		IndexPartition read = this.partition;
		List<IndexedEntry> entries = entries(read);
		remove(this.there.remove(1));
		add();
		assertThat(entries(read)).isEqualTo(entries);
		assertThat(nearestByBits(read, entries.get(1))).isEqualTo(1);
	}

	private void add() {
		IndexedEntry entry = new IndexedEntry(new Fingerprint(0, 0, 0, 0),
				new Fingerprint(0, this.random.nextLong(), 0, 0), UnitVector.of(this.vectors.any()), StoredEntry.NEVER);
		this.there.add(entry);
		this.partition = this.partition.with(entry, this.rotation.bits(entry.vector));
	}

	private void remove(IndexedEntry entry) {
		this.partition = this.partition.without(entry);
	}

	private static List<IndexedEntry> entries(IndexPartition partition) {
		List<IndexedEntry> entries = new ArrayList<>();
		for (int position = 0; position < partition.size(); position++) {
			entries.add(partition.entry(position));
		}
		return entries;
	}

	private int nearestByBits(IndexPartition partition, IndexedEntry entry) {
		Candidates candidates = new Candidates();
		partition.scan(this.rotation.bits(entry.vector), candidates);
		for (int i = 0; i < candidates.count(); i++) {
			if (candidates.differences(i) == 0) {
				return candidates.position(i);
			}
		}
		return -1;
	}

}
