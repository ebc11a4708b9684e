package io.modelcache.store.jdbc;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeoutException;

import io.modelcache.store.jdbc.SqlRunner.Work;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LingeringConnection}.
 */
class LingeringConnectionTests {

	private static final Duration TIMEOUT = Duration.ofMillis(200);

	private final Queue<Runnable> ticks = new ArrayDeque<>();

	private final List<String> events = new ArrayList<>();

	private long nanos = -1;

	private boolean awaited;

	private final LingeringConnection lingering = new LingeringConnection(() -> this.awaited, () -> this.nanos,
			this.ticks::add);

	@Test
	void aConnectionStaysIfTheHitBeforeWasAMomentAgo() {
		assertThat(this.lingering.keep(connection("first"))).as("the first hit").isFalse();
		this.nanos += LingeringConnection.TICK.toNanos();
		assertThat(this.lingering.keep(connection("second"))).as("a hit long after").isFalse();
		this.nanos += LingeringConnection.TICK.toNanos() - 1;
		assertThat(this.lingering.keep(connection("third"))).as("a hit soon after").isTrue();
		assertThat(this.events).isEmpty();
	}

	@Test
	void thereIsOneAtMost() throws Exception {
		keep("kept");
		assertThat(this.lingering.keep(connection("other"))).isFalse();
		assertThat(read(true)).isEqualTo("kept");
	}

	@Test
	void withoutOneNothingIsRead() throws Exception {
		assertThat(read(true)).isNull();
	}

	@Test
	void itStaysAfterAHitAndGoesBackAfterAMiss() throws Exception {
		keep("kept");
		assertThat(read(true)).isEqualTo("kept");
		assertThat(read(true)).isEqualTo("kept");
		assertThat(this.events).isEmpty();
		assertThat(read(false)).isEqualTo("kept");
		assertThat(this.events).containsExactly("kept closed");
		assertThat(read(true)).isNull();
	}

	@Test
	void twoReadersDoNotShareIt() throws Exception {
		keep("kept");
		List<@Nullable String> other = new ArrayList<>();
		assertThat(readDuring(TIMEOUT, () -> other.add(read(true)))).isEqualTo("kept");
		assertThat(other).containsOnlyNulls();
		assertThat(read(true)).isEqualTo("kept");
	}

	@Test
	void itGoesBackWhenNobodyHasReadForATick() throws Exception {
		keep("kept");
		tick();
		read(true);
		tick();
		assertThat(this.events).isEmpty();
		tick();
		assertThat(this.events).containsExactly("kept closed");
		assertThat(this.ticks).isEmpty();
	}

	@Test
	void itDoesNotStayWhileSomebodyWaitsForAConnection() {
		assertThat(this.lingering.keep(connection("first"))).isFalse();
		this.awaited = true;
		assertThat(this.lingering.keep(connection("second"))).isFalse();
		this.awaited = false;
		assertThat(this.lingering.keep(connection("third"))).isTrue();
	}

	@Test
	void itGoesBackAfterTheReadDuringWhichSomebodyWaits() throws Exception {
		keep("kept");
		assertThat(readDuring(() -> this.awaited = true)).isEqualTo("kept");
		assertThat(this.events).containsExactly("kept closed");
	}

	@Test
	void itGoesBackWithATickIfSomebodyWaits() throws Exception {
		keep("kept");
		read(true);
		this.awaited = true;
		assertThat(readDuring(this::tick)).as("not while it is read on").isEqualTo("kept");
		this.events.clear();
		this.awaited = false;
		tick();
		keep("next");
		this.awaited = true;
		tick();
		assertThat(this.events).containsExactly("next closed");
	}

	@Test
	void itGoesBackAfterASecondEvenIfItIsReadAllTheTime() throws Exception {
		keep("kept");
		for (int i = 1; i < LingeringConnection.LONGEST_STAY; i++) {
			read(true);
			tick();
			assertThat(this.events).isEmpty();
		}
		read(true);
		tick();
		assertThat(this.events).containsExactly("kept closed");
		assertThat(this.lingering.keep(connection("next"))).as("the next hit is not the first one").isTrue();
	}

	@Test
	void aReaderWhoIsThereAtEachTickGivesItBackWhenItsTimeIsOver() throws Exception {
		keep("kept");
		for (int i = 0; i < LingeringConnection.LONGEST_STAY; i++) {
			assertThat(readDuring(this::tick)).isEqualTo("kept");
		}
		assertThat(this.events).containsExactly("kept closed");
	}

	@Test
	void aReaderWhoIsOverdueLosesTheConnectionAndHearsWhy() {
		keep("kept");
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> readDuring(() -> {
			pass(TIMEOUT.minus(LingeringConnection.TICK.multipliedBy(2)));
			tick();
			tick();
			assertThat(this.events).containsExactly("kept aborted");
			tick();
			throw new SQLException("aborted");
		}));
		assertThat(this.nanos).as("nobody waits longer than that").isLessThan(TIMEOUT.plusMillis(15).toNanos());
		assertThat(this.events).containsExactly("kept aborted", "kept closed");
		tick();
		keep("next");
		assertThatExceptionOfType(SQLException.class).as("a failure of another one").isThrownBy(() -> readDuring(() -> {
			throw new SQLException("planted");
		}));
	}

	@Test
	void aConnectionThatCannotBeAbortedIsLookedAfterAllTheSame() throws Exception {
		keep("kept", () -> {
		}, () -> {
			throw new AbstractMethodError("planted");
		});
		assertThat(readDuring(() -> {
			pass(TIMEOUT);
			tick();
			tick();
			tick();
		})).isEqualTo("kept");
		assertThat(this.events).containsExactly("kept aborted", "kept closed");
	}

	@Test
	void anAnswerThatComesAtTheLastMomentCountsButTheConnectionDoesNotStay() throws Exception {
		keep("kept");
		assertThat(readDuring(() -> {
			pass(TIMEOUT);
			tick();
			tick();
		})).isEqualTo("kept");
		assertThat(this.events).containsExactly("kept aborted", "kept closed");
	}

	@Test
	void aPauseOfTheWholeJvmIsNotTakenForAServerThatHangs() throws Exception {
		keep("kept");
		for (int i = 0; i < 2; i++) {
			assertThat(readDuring(() -> {
				pass(Duration.ofMinutes(1));
				tick();
			})).isEqualTo("kept");
		}
		assertThat(this.events).isEmpty();
	}

	@Test
	void afterAFailureItGoesBack() {
		keep("kept");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> readDuring(() -> {
			throw new SQLException("planted");
		})).withMessage("planted");
		assertThat(this.events).containsExactly("kept closed");
	}

	@Test
	void deadlinesThatTicksCannotKeepAreLeftToOthers() throws Exception {
		keep("kept");
		assertThat(readDuring(Duration.ofMillis(49), this.events::clear)).isNull();
		assertThat(readDuring(Duration.ofMillis(50), this.events::clear)).isEqualTo("kept");
	}

	@Test
	void nobodyReadsWhoIsNotLookedAfter() throws Exception {
		keep("kept");
		pass(Duration.ofMillis(50));
		assertThat(read(true)).isEqualTo("kept");
		pass(Duration.ofNanos(1));
		assertThat(read(true)).isNull();
		tick();
		assertThat(read(true)).isEqualTo("kept");
	}

	@Test
	void aPoolThatTakesLongToTakeOneBackIsNotGivenMore() {
		keep("slow", () -> assertThat(this.lingering.keep(connection("other"))).isFalse());
		tick();
		tick();
		assertThat(this.events).containsExactly("slow closed");
		keep("next");
	}

	private void keep(String name) {
		keep(name, () -> {
		});
	}

	private void keep(String name, Runnable onClose) {
		keep(name, onClose, () -> {
		});
	}

	private void keep(String name, Runnable onClose, Runnable onAbort) {
		Connection connection = connection(name, onClose, onAbort);
		boolean stays = this.lingering.keep(connection);
		assertThat(stays || this.lingering.keep(connection)).isTrue();
	}

	private @Nullable String read(boolean hit) throws SQLException {
		try {
			return this.lingering.read(TIMEOUT, Object::toString, (result) -> hit);
		}
		catch (TimeoutException ex) {
			throw new SQLException(ex);
		}
	}

	private @Nullable String readDuring(Step step) throws SQLException, TimeoutException {
		return readDuring(TIMEOUT, step);
	}

	private @Nullable String readDuring(Duration timeout, Step step) throws SQLException, TimeoutException {
		Work<String> work = (connection) -> {
			step.take();
			return connection.toString();
		};
		return this.lingering.read(timeout, work, (result) -> true);
	}

	private void pass(Duration duration) {
		this.nanos += duration.toNanos();
	}

	private void tick() {
		pass(LingeringConnection.TICK);
		this.ticks.remove().run();
	}

	private Connection connection(String name) {
		return connection(name, () -> {
		}, () -> {
		});
	}

	private Connection connection(String name, Runnable onClose, Runnable onAbort) {
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "close" -> {
						this.events.add(name + " closed");
						onClose.run();
						yield null;
					}
					case "abort" -> {
						this.events.add(name + " aborted");
						onAbort.run();
						yield null;
					}
					case "toString" -> name;
					default -> throw new IllegalStateException(method.toString());
				});
	}

	/**
	 * What happens while somebody reads.
	 */
	private interface Step {

		void take() throws SQLException;

	}

}
