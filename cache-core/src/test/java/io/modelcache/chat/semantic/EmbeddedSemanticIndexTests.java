package io.modelcache.chat.semantic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.modelcache.chat.semantic.SemanticIndex.Entry;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;
import io.modelcache.testing.TestClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EmbeddedSemanticIndex}: the contract of all indexes, its bound and
 * what it forgets.
 */
class EmbeddedSemanticIndexTests extends SemanticIndexContract {

	private final TestClock clock = new TestClock();

	@Override
	protected EmbeddedSemanticIndex createIndex() {
		return index(100_000);
	}

	@Override
	protected SemanticIndex restart(Consumer<SemanticIndex> refill) {
		SemanticIndex restarted = createIndex();
		refill.accept(restarted);
		return restarted;
	}

	@Override
	protected TestClock clock() {
		return this.clock;
	}

	@Test
	void whenThereIsNoRoomTheOldestEntryGoesWhateverItsPartition() {
		EmbeddedSemanticIndex index = index(3);
		index.add(fingerprint("p"), entry("a", question()));
		index.add(fingerprint("q"), entry("b", question()));
		index.add(fingerprint("p"), entry("c", question()));
		index.add(fingerprint("p"), entry("a", question()));
		assertThat(index.size()).isEqualTo(3);
		index.add(fingerprint("q"), entry("d", question()));
		assertThat(index.size()).isEqualTo(3);
		assertThat(keys(index.nearest(fingerprint("p"), question(), 9))).containsExactlyInAnyOrder(keys("a", "c"));
		assertThat(keys(index.nearest(fingerprint("q"), question(), 9))).containsExactly(keys("d"));
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedSemanticIndex.builder().maximumEntries(0))
			.withMessageContaining("maximumEntries");
	}

	@Test
	void newsOfRemovalsAreFollowedInEveryPartition() {
		List<Fingerprint> keys = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			index().add(fingerprint("p" + i % 3), entry("e" + i, vectors().any()));
			keys.add(fingerprint("e" + i));
		}
		index().removeAll(keys.subList(0, 999));
		assertThat(index().size()).isEqualTo(1);
		assertThat(keys(index().nearest(fingerprint("p0"), question(), 9))).containsExactly(keys("e999"));
		assertThat(index().nearest(fingerprint("p1"), question(), 9)).isEmpty();
	}

	@Test
	void whatHasEndedIsForgottenAsOthersComeAndGo() {
		for (int i = 0; i < 400; i++) {
			index().add(fingerprint("p" + i), new Entry(fingerprint("e" + i), question(), now().plus(SHORT)));
		}
		this.clock.advance(SHORT);
		for (int i = 0; i < 200; i++) {
			add("new" + i, vectors().any());
		}
		assertThat(index().size()).isEqualTo(200);
	}

	@Test
	void whatHasEndedIsForgottenBySearches() {
		for (int i = 0; i < 1000; i++) {
			index().add(partition(), new Entry(fingerprint("e" + i), vectors().any(), now().plus(SHORT)));
		}
		this.clock.advance(SHORT);
		assertThat(find(5)).isEmpty();
		assertThat(index().size()).isZero();
	}

	@Test
	void entriesThatHaveEndedDoNotHideOthersThatAreFarther() {
		for (int i = 0; i < 2000; i++) {
			index().add(partition(),
					new Entry(fingerprint("ended" + i), vectors().near(question(), 0.95), now().plus(SHORT)));
		}
		add("far", vectors().near(question(), 0.3));
		this.clock.advance(SHORT);
		assertThat(keys(find(5))).containsExactly(keys("far"));
	}

	@Test
	void anEntryThatMovesToAnotherPartitionIsNoLongerInTheFirst() {
		add("a", question());
		index().add(fingerprint("elsewhere"), entry("a", question()));
		assertThat(find(5)).isEmpty();
		assertThat(index().size()).isEqualTo(1);
	}

	@Test
	void itNeverBlocks() {
		assertThat(index().blocking()).isFalse();
	}

	private EmbeddedSemanticIndex index(int maximumEntries) {
		return EmbeddedSemanticIndex.builder().maximumEntries(maximumEntries).clock(this.clock).build();
	}

}
