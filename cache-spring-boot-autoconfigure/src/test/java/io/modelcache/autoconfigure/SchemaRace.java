package io.modelcache.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import io.modelcache.autoconfigure.schema.Migration;
import io.modelcache.autoconfigure.schema.Schema;
import io.modelcache.testing.TestDatabase;

/**
 * Several instances that make the tables at once in a schema that is empty.
 */
final class SchemaRace {

	private static final int INSTANCES = 4;

	private SchemaRace() {
	}

	/**
	 * Run rounds, each in a schema of its own.
	 * @return what the instances failed with
	 */
	static List<Throwable> failures(TestDatabase database, int rounds) throws Exception {
		ExecutorService instances = Executors.newFixedThreadPool(INSTANCES);
		try (HikariDataSource pool = database.pool(INSTANCES * 3)) {
			List<Throwable> failures = new ArrayList<>();
			for (int round = 0; round < rounds; round++) {
				failures.addAll(failures(pool, "round_" + round, instances));
			}
			return failures;
		}
		finally {
			instances.shutdownNow();
		}
	}

	private static List<Throwable> failures(HikariDataSource pool, String schema, ExecutorService instances)
			throws Exception {
		execute(pool, "CREATE SCHEMA " + schema);
		CyclicBarrier together = new CyclicBarrier(INSTANCES);
		List<Future<?>> starts = new ArrayList<>();
		for (int i = 0; i < INSTANCES; i++) {
			starts.add(instances.submit(() -> {
				together.await();
				return new Schema(schema, "modelcache_", Migration.FLYWAY, SchemaRace.class.getClassLoader())
					.prepare(pool, () -> {
					});
			}));
		}
		List<Throwable> failures = new ArrayList<>();
		for (Future<?> start : starts) {
			try {
				start.get(60, TimeUnit.SECONDS);
			}
			catch (ExecutionException ex) {
				failures.add(ex.getCause());
			}
		}
		return failures;
	}

	private static void execute(HikariDataSource pool, String sql) throws SQLException {
		try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
