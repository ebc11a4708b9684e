package io.modelcache.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LingeringPool}.
 */
class LingeringPoolTests {

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "jdbc:postgresql://localhost/answers, -, true",
					"jdbc:postgresql:answers, org.postgresql.Driver, true",
					"jdbc:aws-wrapper:postgresql://localhost/answers, -, false",
					"jdbc:p6spy:postgresql://localhost/a, -, false",
					"jdbc:postgresql://localhost/answers, org.h2.Driver, false", "jdbc:h2:mem:answers, -, false",
					"-, -, false" })
	void theConnectionsMustBeThoseOfPostgreSql(String url, String driver, boolean lingers) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(url);
		if (driver != null) {
			pool.setDriverClassName(driver);
		}
		assertThat(LingeringPool.awaited(pool) != null).isEqualTo(lingers);
	}

	@Test
	void aDataSourceOfPostgreSqlMayBeNamedInsteadOfAUrl() {
		HikariDataSource pool = new HikariDataSource();
		pool.setDataSourceClassName(PGSimpleDataSource.class.getName());
		assertThat(LingeringPool.awaited(pool)).isNotNull();
		pool.setDataSourceClassName("com.example.PGSimpleDataSource");
		assertThat(LingeringPool.awaited(pool)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "3, false", "4, true" })
	void aSmallPoolIsLeftAlone(int size, boolean lingers) {
		HikariDataSource pool = pool();
		pool.setMaximumPoolSize(size);
		assertThat(LingeringPool.awaited(pool) != null).isEqualTo(lingers);
	}

	@Test
	void aPoolIsSeenThroughProxies() {
		assertThat(LingeringPool.awaited(new LazyConnectionDataSourceProxy(pool()))).isNotNull();
	}

	@Test
	void anotherPoolThanHikariIsLeftAlone() {
		assertThat(LingeringPool.awaited(new PGSimpleDataSource())).isNull();
		DataSource routing = new AbstractRoutingDataSource() {

			@Override
			protected Object determineCurrentLookupKey() {
				throw new IllegalStateException("there is no tenant");
			}

		};
		assertThat(LingeringPool.awaited(routing)).isNull();
	}

	@Test
	void aPoolThatHasNotStartedIsAwaitedByNobody() {
		assertThat(LingeringPool.awaited(pool()).getAsBoolean()).isFalse();
	}

	@Test
	void itIsToldThatSomebodyWaitsForAConnection() throws Exception {
		try (H2LikePostgreSql pool = new H2LikePostgreSql()) {
			BooleanSupplier awaited = LingeringPool.awaited(pool);
			List<Connection> taken = new ArrayList<>();
			for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
				taken.add(pool.getConnection());
			}
			assertThat(awaited.getAsBoolean()).isFalse();
			CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
				try {
					pool.getConnection().close();
				}
				catch (SQLException ex) {
					throw new CompletionException(ex);
				}
			});
			Awaitility.await().until(awaited::getAsBoolean);
			for (Connection connection : taken) {
				connection.close();
			}
			waiting.join();
			assertThat(awaited.getAsBoolean()).isFalse();
		}
	}

	private static HikariDataSource pool() {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl("jdbc:postgresql://localhost/answers");
		return pool;
	}

	/**
	 * A pool of another database that passes for one of PostgreSQL.
	 */
	private static final class H2LikePostgreSql extends HikariDataSource {

		H2LikePostgreSql() {
			JdbcDataSource database = new JdbcDataSource();
			database.setUrl("jdbc:h2:mem:");
			setDataSource(database);
			setMaximumPoolSize(4);
		}

		@Override
		public String getJdbcUrl() {
			return "jdbc:postgresql:answers";
		}

	}

}
