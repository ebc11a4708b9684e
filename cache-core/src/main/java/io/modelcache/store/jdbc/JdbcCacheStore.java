package io.modelcache.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import javax.sql.DataSource;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.AbortableStore;
import io.modelcache.store.CacheStore;
import io.modelcache.store.PunctualStore;
import io.modelcache.store.ScanPage;
import io.modelcache.store.SearchableStore;
import io.modelcache.store.Selector;
import io.modelcache.store.StoreStats;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * Keeps entries in a table of a relational database, whose clock counts.
 * <p>
 * Each operation takes a connection straight from the data source and gives it back
 * before it returns, but for one that may {@linkplain Builder#lingering linger} after a
 * hit. So it is never part of the caller's transaction, and a miss holds none while a
 * model is asked. An entry is written together with its tags. Entries that have ended are
 * not returned, and are there until {@link #purge()} is called. Safe for use by several
 * threads.
 */
public final class JdbcCacheStore implements CacheStore, SearchableStore, AbortableStore, PunctualStore {

	/**
	 * How many entries are {@linkplain #purge() purged} at once.
	 */
	public static final int PURGED_AT_ONCE = 100;

	private static final int LARGEST_PAGE = 250;

	private static final int LARGEST_COUNT = 100_000;

	private final StoreSql sql;

	private final KeptStatement get;

	private final SqlRunner runner;

	private final JdbcTables tables;

	private final InstantSource clock;

	private JdbcCacheStore(Builder builder) {
		this.tables = builder.tables;
		this.sql = new StoreSql(builder.tables);
		this.get = new KeptStatement(this.sql.get);
		this.runner = new SqlRunner(builder.dataSource, builder.tables, lingering(builder));
		this.clock = builder.clock;
	}

	private static @Nullable LingeringConnection lingering(Builder builder) {
		BooleanSupplier awaited = builder.awaited;
		return (awaited != null && builder.tables.dialect().abortsAtOnce()) ? new LingeringConnection(awaited) : null;
	}

	/**
	 * Start with a data source and the system's clock.
	 * @param dataSource gives connections to the database; a proxy of Spring's that would
	 * join the caller's transaction is passed by
	 * @param tables the tables, which are there when the store is used
	 * @return a builder
	 */
	public static Builder builder(DataSource dataSource, JdbcTables tables) {
		return new Builder(dataSource, tables);
	}

	@Override
	public Map<Fingerprint, StoredEntry> getAll(Collection<Fingerprint> fingerprints) {
		if (fingerprints.size() == 1) {
			return byFingerprint(read(List.copyOf(fingerprints)));
		}
		List<StoredEntry> found = new ArrayList<>(fingerprints.size());
		for (List<Fingerprint> chunk : Chunks.ofKeys(fingerprints)) {
			found.addAll(read(chunk));
		}
		return byFingerprint(found);
	}

	@Override
	public @Nullable StoredEntry get(Fingerprint fingerprint) {
		List<StoredEntry> found = read(List.of(fingerprint));
		return found.isEmpty() ? null : found.get(0);
	}

	/**
	 * Read on a connection that {@linkplain Builder#lingering has stayed}.
	 */
	@Override
	public @Nullable Map<Fingerprint, StoredEntry> getAllWithin(Collection<Fingerprint> fingerprints, Duration timeout)
			throws TimeoutException {
		List<List<Fingerprint>> chunks = (fingerprints.size() == 1) ? List.of(List.copyOf(fingerprints))
				: Chunks.ofKeys(fingerprints);
		if (chunks.size() != 1) {
			return null;
		}
		List<Fingerprint> chunk = chunks.get(0);
		List<StoredEntry> found = this.runner.onceWithin(timeout, reading(chunk), allOf(chunk));
		return (found != null) ? byFingerprint(found) : null;
	}

	@Override
	public void putAll(Collection<StoredEntry> entries) {
		Map<Fingerprint, StoredEntry> sorted = new TreeMap<>();
		entries.forEach((entry) -> sorted.put(entry.fingerprint(), entry));
		for (List<StoredEntry> chunk : Chunks.ofEntries(sorted.values())) {
			this.runner.together((connection) -> {
				write(connection, chunk);
				return chunk.size();
			});
		}
	}

	@Override
	public void evictAll(Collection<Fingerprint> fingerprints) {
		for (List<Fingerprint> chunk : Chunks.ofKeys(fingerprints)) {
			this.runner.once((connection) -> delete(connection, this.sql.deleteSome(chunk.size()), chunk));
		}
	}

	/**
	 * Entries that have ended are removed too, and not counted.
	 */
	@Override
	public long evict(Selector selector) {
		long evicted = 0;
		List<Fingerprint> page;
		Fingerprint last = null;
		do {
			EntryFilter filter = new EntryFilter(selector, last, now());
			page = this.runner.once((connection) -> keys(connection, filter));
			for (List<Fingerprint> chunk : Chunks.ofKeys(page)) {
				evicted += this.runner
					.once((connection) -> delete(connection, this.sql.deleteLive(chunk.size()), chunk));
			}
			evictAll(page);
			last = page.isEmpty() ? last : page.get(page.size() - 1);
		}
		while (page.size() == Chunks.KEYS);
		return evicted;
	}

	/**
	 * Walk in the order of fingerprints: the cursor is the last one of the page before.
	 */
	@Override
	public ScanPage scan(Selector selector, @Nullable String cursor, int limit) {
		int size = Math.min(requireLimit(limit), LARGEST_PAGE);
		EntryFilter filter = new EntryFilter(selector, (cursor != null) ? Fingerprint.fromHex(cursor) : null, now());
		List<StoredEntry> page = this.runner.once((connection) -> query(connection, this.sql.scan(filter),
				(query) -> query.setInt(filter.bind(query) + 1, size)));
		return new ScanPage(page, (page.size() == size) ? page.get(size - 1).fingerprint().toHex() : null);
	}

	@Override
	public List<StoredEntry> search(String text, int limit) {
		int size = Math.min(requireLimit(limit), LARGEST_PAGE);
		List<String> words = SearchText.words(text);
		if (words.isEmpty()) {
			return List.of();
		}
		List<String> patterns = this.tables.dialect().patterns(words);
		return this.runner.once((connection) -> query(connection, this.sql.search(words.size()), (query) -> {
			int index = 0;
			for (String pattern : patterns) {
				query.setString(++index, pattern);
			}
			query.setInt(++index, size);
		}));
	}

	/**
	 * Remove entries that have ended, in small portions, so that neither readers nor
	 * writers wait for it.
	 * @return how many were removed; if it is less than {@value #PURGED_AT_ONCE}, none
	 * were left
	 */
	public int purge() {
		return this.runner.once((connection) -> {
			try (PreparedStatement statement = connection.prepareStatement(this.sql.purge(PURGED_AT_ONCE))) {
				return statement.executeUpdate();
			}
		});
	}

	/**
	 * The entries are counted up to a hundred thousand. More are not, for a database
	 * reads them all to do that.
	 */
	@Override
	public StoreStats stats() {
		long entries = this.runner.once((connection) -> {
			try (PreparedStatement statement = connection.prepareStatement(this.sql.count(LARGEST_COUNT + 1));
					ResultSet result = statement.executeQuery()) {
				result.next();
				return result.getLong(1);
			}
		});
		return new StoreStats((entries <= LARGEST_COUNT) ? entries : StoreStats.UNKNOWN, StoreStats.UNKNOWN, 0);
	}

	@Override
	public boolean blocking() {
		return true;
	}

	@Override
	public void abort(Thread thread) {
		this.runner.abort(thread);
	}

	private Instant now() {
		return this.clock.instant();
	}

	private List<StoredEntry> read(List<Fingerprint> chunk) {
		return this.runner.once(reading(chunk), allOf(chunk));
	}

	private SqlRunner.Work<List<StoredEntry>> reading(List<Fingerprint> chunk) {
		if (chunk.size() > 1) {
			return (connection) -> query(connection, this.sql.getSome(chunk.size()), (query) -> bind(query, chunk));
		}
		Binding binding = (query) -> bind(query, chunk);
		return this.tables.dialect().isPreparingSlow()
				? (connection) -> this.get.use(connection, (query) -> entries(query, binding))
				: (connection) -> query(connection, this.sql.get, binding);
	}

	/**
	 * The last fingerprint of a chunk may come more than once.
	 */
	private static Predicate<List<StoredEntry>> allOf(List<Fingerprint> chunk) {
		return (found) -> found.size() == ((chunk.size() == 1) ? 1 : Set.copyOf(chunk).size());
	}

	private static Map<Fingerprint, StoredEntry> byFingerprint(List<StoredEntry> entries) {
		if (entries.size() == 1) {
			return Map.of(entries.get(0).fingerprint(), entries.get(0));
		}
		Map<Fingerprint, StoredEntry> found = new HashMap<>(entries.size() * 2);
		entries.forEach((entry) -> found.put(entry.fingerprint(), entry));
		return found;
	}

	private void write(Connection connection, List<StoredEntry> entries) throws SQLException {
		try (PreparedStatement put = connection.prepareStatement(this.sql.put);
				PreparedStatement deleteTags = connection.prepareStatement(this.sql.deleteTags);
				PreparedStatement putTag = connection.prepareStatement(this.sql.putTag)) {
			Instant now = now();
			boolean tagged = false;
			for (StoredEntry entry : entries) {
				EntryRow.write(put, entry, now);
				put.addBatch();
				byte[] key = entry.fingerprint().toBytes();
				deleteTags.setBytes(1, key);
				deleteTags.addBatch();
				for (String tag : entry.tags()) {
					putTag.setBytes(1, key);
					putTag.setString(2, tag);
					putTag.addBatch();
					tagged = true;
				}
			}
			put.executeBatch();
			deleteTags.executeBatch();
			if (tagged) {
				putTag.executeBatch();
			}
		}
	}

	private List<StoredEntry> query(Connection connection, String sql, Binding binding) throws SQLException {
		try (PreparedStatement query = connection.prepareStatement(sql)) {
			return entries(query, binding);
		}
	}

	private List<StoredEntry> entries(PreparedStatement query, Binding binding) throws SQLException {
		binding.bind(query);
		List<StoredEntry> entries = new ArrayList<>();
		try (ResultSet rows = query.executeQuery()) {
			while (rows.next()) {
				StoredEntry entry = EntryRow.read(rows, this.clock);
				if (entry != null) {
					entries.add(entry);
				}
			}
		}
		return entries;
	}

	private List<Fingerprint> keys(Connection connection, EntryFilter filter) throws SQLException {
		try (PreparedStatement query = connection.prepareStatement(this.sql.keys(filter))) {
			query.setInt(filter.bind(query) + 1, Chunks.KEYS);
			List<Fingerprint> keys = new ArrayList<>();
			try (ResultSet rows = query.executeQuery()) {
				while (rows.next()) {
					keys.add(Fingerprint.of(rows.getBytes(1)));
				}
			}
			return keys;
		}
	}

	private static int delete(Connection connection, String sql, List<Fingerprint> fingerprints) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			bind(statement, fingerprints);
			return statement.executeUpdate();
		}
	}

	private static void bind(PreparedStatement statement, List<Fingerprint> fingerprints) throws SQLException {
		for (int i = 0; i < fingerprints.size(); i++) {
			statement.setBytes(i + 1, fingerprints.get(i).toBytes());
		}
	}

	private static int requireLimit(int limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("'limit' must be at least 1, not %d".formatted(limit));
		}
		return limit;
	}

	/**
	 * Sets the parameters of a statement.
	 */
	private interface Binding {

		void bind(PreparedStatement statement) throws SQLException;

	}

	/**
	 * Collects the settings of a {@link JdbcCacheStore}.
	 */
	public static final class Builder {

		private final DataSource dataSource;

		private final JdbcTables tables;

		private InstantSource clock = InstantSource.system();

		private @Nullable BooleanSupplier awaited;

		private Builder(DataSource dataSource, JdbcTables tables) {
			this.dataSource = dataSource;
			this.tables = tables;
		}

		/**
		 * Set the clock of this JVM, in whose terms entries give their times.
		 * @param clock the clock
		 * @return this builder
		 */
		public Builder clock(InstantSource clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Let a connection stay with the store for a moment after a hit, if the hit
		 * before was less than 10 milliseconds ago, so that the next one can be
		 * {@linkplain PunctualStore read} on the thread of its caller. There is one such
		 * connection at most; it goes back to the pool after 10 to 20 milliseconds
		 * without a read, after about a second in any case, with the first read on it
		 * that is not a hit, and as soon as somebody waits for a connection. None may
		 * stay by default.
		 * <p>
		 * This is done on PostgreSQL only, whose driver ends a read that takes too long
		 * at once when {@link Connection#abort} is called. The connections must be those
		 * of that driver, as a pool hands them out: a driver around it that looks for
		 * another server when a connection is lost would keep the caller.
		 * @param awaited tells whether anybody waits for a connection of the pool; it is
		 * asked after each read on the connection, by several threads, and must neither
		 * last nor fail
		 * @return this builder
		 */
		public Builder lingering(BooleanSupplier awaited) {
			this.awaited = awaited;
			return this;
		}

		/**
		 * Build the store.
		 * @return a store that has not asked the database for anything yet
		 */
		public JdbcCacheStore build() {
			return new JdbcCacheStore(this);
		}

	}

}
