package io.modelcache.store.jdbc;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import com.zaxxer.hikari.HikariDataSource;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.TestEntry;
import io.modelcache.testing.TestDatabase;

/**
 * Writes entries until it is killed.
 */
final class KilledWriter {

	static final String READY = "writing";

	private static final int NAMES = 200;

	private KilledWriter() {
	}

	/**
	 * Write.
	 * @param args the URL, the user and the password
	 * @throws SQLException if the database does not answer
	 */
	public static void main(String[] args) throws SQLException {
		HikariDataSource pool = new TestDatabase(args[0], args[1], args[2]).pool(2);
		JdbcCacheStore store = JdbcCacheStore.builder(pool, JdbcTables.in(pool, null, JdbcTables.DEFAULT_PREFIX))
			.build();
		Random random = new Random();
		store.putAll(List.of(entry(0, random)));
		System.out.println(READY);
		while (true) {
			List<StoredEntry> entries = new ArrayList<>();
			for (int i = random.nextInt(20); i >= 0; i--) {
				entries.add(entry(random.nextInt(NAMES), random));
			}
			store.putAll(entries);
		}
	}

	/**
	 * An entry is whole if it has as many tags as its first byte says and that byte
	 * throughout.
	 */
	static boolean isWhole(StoredEntry entry) {
		for (byte value : entry.payload()) {
			if (value != entry.payload()[0]) {
				return false;
			}
		}
		return entry.tags().size() == entry.payload()[0];
	}

	private static StoredEntry entry(int number, Random random) {
		byte[] payload = new byte[1 + random.nextInt(20_000)];
		byte count = (byte) random.nextInt(5);
		Arrays.fill(payload, count);
		String[] tags = new String[count];
		for (int i = 0; i < count; i++) {
			tags[i] = "tag " + i;
		}
		return TestEntry.of("entry " + number, InstantSource.system().instant()).payload(payload).tags(tags).build();
	}

}
