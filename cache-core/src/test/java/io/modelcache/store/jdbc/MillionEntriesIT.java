package io.modelcache.store.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

import com.zaxxer.hikari.HikariDataSource;
import io.modelcache.key.Fingerprint;
import io.modelcache.testing.PostgreSqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how the store behaves with a million entries in PostgreSQL. The rows are made by
 * the database, a hundred times as fast as by the store.
 * <p>
 * What is compared is measured in turn, so that whatever else the machine does slows both
 * down. A purge is judged by the median of many short rounds.
 */
@Tag("slow")
class MillionEntriesIT {

	private static final int FEW = 1_000;

	private static final int MILLION = 1_000_000;

	private static final int READS = 20_000;

	private static final int READS_ALONE = 5_000;

	private static final int ROUNDS = 50;

	/**
	 * As in the application: how many times longer than a portion of the purge the rest
	 * after it is.
	 */
	private static final int REST = 19;

	private static HikariDataSource pool;

	private static JdbcCacheStore few;

	private static JdbcCacheStore many;

	private final Random random = new Random(1);

	@BeforeAll
	static void fill() throws Exception {
		pool = PostgreSqlServer.createDatabase().pool(4);
		few = store("few_", FEW);
		many = store("many_", MILLION);
	}

	@AfterAll
	static void close() {
		pool.close();
	}

	@Test
	void aReadTakesAsLongAsAmongAThousand() {
		Latencies amongFew = new Latencies();
		Latencies amongMany = new Latencies();
		for (int i = 0; i < READS; i++) {
			read(few, FEW, amongFew);
			read(many, MILLION, amongMany);
		}
		System.out.printf("get p50 among %,d: %.1f µs, among %,d: %.1f µs%n", FEW, amongFew.percentile(50), MILLION,
				amongMany.percentile(50));
		assertThat(amongMany.percentile(50)).isLessThan(1.5 * amongFew.percentile(50));
	}

	/**
	 * That no read waits for a purge at all is shown without a clock by
	 * {@link JdbcStoreContract}.
	 */
	@Test
	void aPurgeOfHalfOfThemKeepsTheSlowestReadsUnderThreeTimesTheirTime() {
		double[] times = new double[ROUNDS];
		for (int round = 0; round < ROUNDS; round++) {
			Latencies beside = readWhile(CompletableFuture.supplyAsync(() -> purge(MILLION / 2 / ROUNDS)));
			Latencies alone = new Latencies();
			while (alone.count() < READS_ALONE) {
				read(many, MILLION, alone);
			}
			times[round] = beside.percentile(99) / alone.percentile(99);
		}
		Arrays.sort(times);
		System.out.printf("get p99 beside a purge: %.2f times that without (median of %d rounds, worst %.2f)%n",
				times[ROUNDS / 2], ROUNDS, times[ROUNDS - 1]);
		assertThat(times[ROUNDS / 2]).isLessThan(3);
	}

	private Latencies readWhile(CompletableFuture<Integer> purge) {
		Latencies latencies = new Latencies();
		while (!purge.isDone()) {
			read(many, MILLION, latencies);
		}
		assertThat(purge.join()).isEqualTo(MILLION / 2 / ROUNDS);
		return latencies;
	}

	/**
	 * Every second entry has ended.
	 */
	private static JdbcCacheStore store(String prefix, int count) throws SQLException {
		JdbcTables tables = TestTables.create(pool, null, prefix);
		JdbcTemplate template = new JdbcTemplate(pool);
		template.update("""
				INSERT INTO %s (fingerprint, payload, created_at, fresh_until, keep_until, bean, scope)
				SELECT sha256(convert_to(i::text, 'UTF8')), convert_to(repeat(md5(i::text), 32), 'UTF8'), 0, NULL,
					CASE WHEN i %% 2 = 0 THEN 1 END, 'bean', sha256('scope')
				FROM generate_series(0, ?) i""".formatted(tables.entry()), count - 1);
		template.execute("VACUUM ANALYZE " + tables.entry());
		return JdbcCacheStore.builder(pool, tables).build();
	}

	/**
	 * Read at random an entry that has not ended.
	 */
	private void read(JdbcCacheStore store, int count, Latencies latencies) {
		Fingerprint key = key(this.random.nextInt(count / 2) * 2 + 1);
		long start = System.nanoTime();
		boolean there = store.get(key) != null;
		latencies.add(System.nanoTime() - start);
		assertThat(there).isTrue();
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

	private static int purge(int count) {
		int purged = 0;
		while (purged < count) {
			long start = System.nanoTime();
			purged += many.purge();
			LockSupport.parkNanos(REST * (System.nanoTime() - start));
		}
		return purged;
	}

}
