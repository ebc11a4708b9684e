package io.modelcache.store.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import com.zaxxer.hikari.HikariDataSource;
import io.modelcache.key.Fingerprint;
import io.modelcache.testing.PostgreSqlServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how the store behaves with a million entries in PostgreSQL. The rows are made by
 * the database, a hundred times as fast as by the store.
 */
@Tag("slow")
class MillionEntriesIT {

	private static final int FEW = 1_000;

	private static final int MILLION = 1_000_000;

	private static final int READS = 20_000;

	private final Random random = new Random(1);

	@Test
	void aReadTakesAsLongAsAmongAThousandAndAPurgeDoesNotDisturbIt() throws Exception {
		try (HikariDataSource pool = PostgreSqlServer.createDatabase().pool(4)) {
			JdbcTables tables = TestTables.create(pool, null, JdbcTables.DEFAULT_PREFIX);
			JdbcCacheStore store = JdbcCacheStore.builder(pool, tables).build();
			fill(pool, 0, FEW);
			read(store, FEW, untilDone(READS));
			long[] few = read(store, FEW, untilDone(READS));
			fill(pool, FEW, MILLION);
			read(store, MILLION, untilDone(READS));
			long[] many = read(store, MILLION, untilDone(READS));
			CompletableFuture<Integer> purge = CompletableFuture.supplyAsync(() -> purge(store));
			long[] disturbed = read(store, MILLION, () -> !purge.isDone());
			System.out.printf(
					"get p50 of %,d: %.1f µs, of %,d: %.1f µs; p99 undisturbed: %.1f µs, during the purge: %.1f µs%n",
					FEW, percentile(few, 50), MILLION, percentile(many, 50), percentile(many, 99),
					percentile(disturbed, 99));
			assertThat(purge.get(10, TimeUnit.MINUTES)).isEqualTo(MILLION / 2);
			assertThat(percentile(many, 50)).isLessThan(1.5 * percentile(few, 50));
			assertThat(percentile(disturbed, 99)).isLessThan(3 * percentile(many, 99));
		}
	}

	/**
	 * Every second entry has ended.
	 */
	private static void fill(HikariDataSource pool, int from, int to) throws SQLException {
		JdbcTemplate template = new JdbcTemplate(pool);
		template.update("""
				INSERT INTO modelcache_entry (fingerprint, payload, created_at, fresh_until, keep_until, bean, scope)
				SELECT sha256(convert_to(i::text, 'UTF8')), convert_to(repeat(md5(i::text), 32), 'UTF8'), 0, NULL,
					CASE WHEN i % 2 = 0 THEN 1 END, 'bean', sha256('scope')
				FROM generate_series(?, ?) i""", from, to - 1);
		template.execute("VACUUM ANALYZE modelcache_entry");
	}

	private static Fingerprint key(int number) {
		try {
			return Fingerprint.of(MessageDigest.getInstance("SHA-256")
				.digest(Integer.toString(number).getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Read entries that have not ended, at random.
	 * @return how long each read took, sorted
	 */
	private long[] read(JdbcCacheStore store, int count, BooleanSupplier more) {
		long[] times = new long[1024];
		int reads = 0;
		while (more.getAsBoolean()) {
			Fingerprint key = key(this.random.nextInt(count / 2) * 2 + 1);
			long start = System.nanoTime();
			assertThat(store.get(key) != null).isTrue();
			if (reads == times.length) {
				times = Arrays.copyOf(times, 2 * reads);
			}
			times[reads++] = System.nanoTime() - start;
		}
		long[] sorted = Arrays.copyOf(times, reads);
		Arrays.sort(sorted);
		return sorted;
	}

	private static BooleanSupplier untilDone(int count) {
		int[] left = { count };
		return () -> left[0]-- > 0;
	}

	/**
	 * As the application does: with a rest four times as long as each portion took.
	 */
	private static int purge(JdbcCacheStore store) {
		int purged = 0;
		int portion;
		do {
			long start = System.nanoTime();
			portion = store.purge();
			purged += portion;
			LockSupport.parkNanos(4 * (System.nanoTime() - start));
		}
		while (portion == JdbcCacheStore.PURGED_AT_ONCE);
		return purged;
	}

	private static double percentile(long[] sorted, int percent) {
		return sorted[sorted.length * percent / 100] / 1000.0;
	}

}
