package io.modelcache.autoconfigure;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;
import io.modelcache.autoconfigure.JdbcKeeper.Patience;
import io.modelcache.autoconfigure.schema.Migration;
import io.modelcache.autoconfigure.schema.Schema;
import io.modelcache.testing.TestDatabase;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JdbcKeeper}.
 */
@ExtendWith(OutputCaptureExtension.class)
class JdbcKeeperTests {

	private final TestDatabase database = TestDatabase.h2InMemory("");

	private final CountDownLatch answering = new CountDownLatch(1);

	@Test
	void aDatabaseThatAnswersLateAndRefusesIsTriedAgain(CapturedOutput output) throws SQLException {
		JdbcKeeper keeper = new JdbcKeeper(schema(Migration.VALIDATE), true, Duration.ofHours(1),
				new Patience(Duration.ofMillis(1), Duration.ofMinutes(1), Duration.ofMinutes(1)));
		try (HikariDataSource pool = this.database.pool(2)) {
			keeper.start(new Late(pool), null);
			assertThat(output).contains("nothing is cached until it is: it does not answer");
			this.answering.countDown();
			eventually(() -> assertThat(output).contains("the tables of the cache are not there"));
			schema(Migration.FLYWAY).prepare(pool, () -> {
			});
			eventually(() -> assertThat(keeper.store().stats().entries()).isZero());
			assertThat(output).contains("The database of the cache is ready");
		}
		finally {
			keeper.close();
		}
	}

	@Test
	void aDatabaseThatVanishesWhileItsTablesAreMadeHoldsTheStartUpForAWhileOnlyAndIsTriedAgain(CapturedOutput output) {
		JdbcKeeper keeper = new JdbcKeeper(schema(Migration.FLYWAY), true, Duration.ofHours(1),
				new Patience(Duration.ofSeconds(20), Duration.ofMillis(50), Duration.ofMinutes(1)));
		try (HikariDataSource pool = this.database.pool(2)) {
			Vanishing vanishing = new Vanishing(pool);
			vanishing.gone = true;
			keeper.start(vanishing, null);
			assertThat(output).contains("nothing is cached until it is: its tables are still being made");
			vanishing.gone = false;
			eventually(() -> assertThat(keeper.store().stats().entries()).isZero());
			assertThat(vanishing.aborted).hasPositiveValue();
		}
		finally {
			keeper.close();
		}
	}

	@Test
	void aPurgeThatIsNeverAnsweredIsAbortedAndTriedAgain() {
		JdbcKeeper keeper = new JdbcKeeper(schema(Migration.FLYWAY), true, Duration.ofMillis(1),
				new Patience(Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMillis(50)));
		try (HikariDataSource pool = this.database.pool(2)) {
			Vanishing vanishing = new Vanishing(pool);
			keeper.start(vanishing, null);
			vanishing.gone = true;
			eventually(() -> assertThat(vanishing.aborted.get()).isGreaterThan(1));
			vanishing.gone = false;
			keeper.close();
		}
	}

	private static Schema schema(Migration migration) {
		return new Schema(null, "modelcache_", migration, JdbcKeeperTests.class.getClassLoader());
	}

	private static void eventually(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(assertion);
	}

	/**
	 * Gives connections that never answer until they are aborted.
	 */
	private static final class Vanishing extends DelegatingDataSource {

		private final AtomicInteger aborted = new AtomicInteger();

		private volatile boolean gone;

		Vanishing(HikariDataSource pool) {
			super(pool);
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			CountDownLatch lost = new CountDownLatch(this.gone ? 1 : 0);
			return (Connection) Proxy.newProxyInstance(Vanishing.class.getClassLoader(),
					new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
						if (method.getName().equals("abort")) {
							this.aborted.incrementAndGet();
							lost.countDown();
							return null;
						}
						if (method.getName().equals("prepareStatement") && lost.getCount() > 0) {
							lost.await();
							throw new SQLException("aborted", "08006");
						}
						try {
							return method.invoke(connection, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getTargetException();
						}
					});
		}

	}

	/**
	 * Gives no connection until it is told to.
	 */
	private final class Late extends DelegatingDataSource {

		Late(HikariDataSource pool) {
			super(pool);
		}

		@Override
		public Connection getConnection() throws SQLException {
			try {
				JdbcKeeperTests.this.answering.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return super.getConnection();
		}

	}

}
