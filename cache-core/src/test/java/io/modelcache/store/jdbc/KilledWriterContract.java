package io.modelcache.store.jdbc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.ScanPage;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.testing.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a process that is killed while it writes leaves whole entries.
 */
abstract class KilledWriterContract {

	private static final int KILLS = 50;

	@TempDir
	Path directory;

	abstract TestDatabase createDatabase() throws Exception;

	/**
	 * Return how many milliseconds a writer has at most.
	 */
	int longestLife() {
		return 150;
	}

	@Test
	@Tag("slow")
	void everyEntryIsWholeAfterFiftyKills() throws Exception {
		TestDatabase database = createTables();
		Random random = new Random(42);
		int seen = 0;
		int refused = 0;
		for (int kill = 1; kill <= KILLS; kill++) {
			boolean written = killWhileWriting(database, random.nextInt(longestLife()));
			seen += checkSettled(database);
			if (!written) {
				assertThat(++refused)
					.as(() -> "writers that the database refused, the last one with: " + read(errors()))
					.isLessThanOrEqualTo(refusals());
				database = createTables();
			}
		}
		assertThat(seen).as("entries that were checked").isGreaterThan(KILLS);
	}

	/**
	 * Return how often the database may refuse to go on after a kill. What it holds must
	 * be whole even then.
	 */
	int refusals() {
		return 0;
	}

	private TestDatabase createTables() throws Exception {
		TestDatabase database = createDatabase();
		try (HikariDataSource pool = database.pool(2)) {
			TestTables.create(pool, null, JdbcTables.DEFAULT_PREFIX);
			letGo(new JdbcTemplate(pool));
		}
		return database;
	}

	private Path errors() {
		return this.directory.resolve("errors");
	}

	/**
	 * Kill a writer.
	 * @return whether it was writing
	 */
	private boolean killWhileWriting(TestDatabase database, int millis) throws IOException, InterruptedException {
		Process writer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), KilledWriter.class.getName(),
				database.url(), database.username(), database.password())
			.redirectError(errors().toFile())
			.start();
		try (BufferedReader output = writer.inputReader()) {
			String line = output.readLine();
			while (line != null && !line.equals(KilledWriter.READY)) {
				line = output.readLine();
			}
			return line != null && !writer.waitFor(millis, TimeUnit.MILLISECONDS);
		}
		finally {
			writer.destroyForcibly().waitFor();
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Compare the rows of tags with what the entries say.
	 */
	void checkTags(List<String> rows, List<String> said) {
		assertThat(rows).as("rows of tags").containsExactlyInAnyOrderElementsOf(said);
	}

	/**
	 * Tell the database that this process is done with it, if it is in this process.
	 */
	void letGo(JdbcTemplate template) {
	}

	private static List<String> rowsOfTags(HikariDataSource pool, JdbcTables tables) {
		return new JdbcTemplate(pool).query("SELECT fingerprint, tag FROM " + tables.tag(),
				(row, number) -> Fingerprint.of(row.getBytes(1)).toHex() + " " + row.getString(2));
	}

	/**
	 * A server may still be at the last statements of a client that is gone.
	 */
	private int checkSettled(TestDatabase database) {
		AtomicInteger seen = new AtomicInteger();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInSameThread()
			.untilAsserted(() -> seen.set(checkAll(database)));
		return seen.get();
	}

	private int checkAll(TestDatabase database) throws Exception {
		try (HikariDataSource pool = database.pool(2)) {
			JdbcTables tables = JdbcTables.in(pool, null, JdbcTables.DEFAULT_PREFIX);
			JdbcCacheStore store = JdbcCacheStore.builder(pool, tables).build();
			int seen = 0;
			List<String> said = new ArrayList<>();
			String cursor = null;
			do {
				ScanPage page = store.scan(Selector.all(), cursor, 1000);
				for (StoredEntry entry : page.entries()) {
					assertThat(KilledWriter.isWhole(entry)).as("%s is whole", entry).isTrue();
					String fingerprint = entry.fingerprint().toHex();
					entry.tags().forEach((tag) -> said.add(fingerprint + " " + tag));
					seen++;
				}
				cursor = page.next();
			}
			while (cursor != null);
			checkTags(rowsOfTags(pool, tables), said);
			letGo(new JdbcTemplate(pool));
			return seen;
		}
	}

}
