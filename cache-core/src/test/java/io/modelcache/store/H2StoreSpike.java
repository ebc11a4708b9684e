package io.modelcache.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A spike: proves that the SPI fits a database, and nothing more. The store in
 * {@code io.modelcache.store.jdbc} replaces it.
 * <p>
 * An entry is a row that holds everything, so that one statement reads a consistent
 * entry; the table of tags only finds it. All times are those of the database.
 */
final class H2StoreSpike implements CacheStore, LeaseStore {

	private static final String[] SCHEMA = {
			"CREATE TABLE IF NOT EXISTS entry (fingerprint VARBINARY(32) PRIMARY KEY, payload BLOB, created BIGINT, fresh BIGINT, "
					+ "keep BIGINT, bean VARCHAR(255), scope VARBINARY(32), tags BLOB, question CLOB)",
			"CREATE TABLE IF NOT EXISTS tag (tag VARCHAR(255), fingerprint VARBINARY(32) REFERENCES entry ON DELETE CASCADE, "
					+ "PRIMARY KEY (tag, fingerprint))",
			"CREATE TABLE IF NOT EXISTS lease (fingerprint VARBINARY(32) PRIMARY KEY, holder VARCHAR, ends BIGINT)" };

	private static final String NOW = "DATEDIFF(MILLISECOND, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00Z', "
			+ "CURRENT_TIMESTAMP)";

	private static final String SELECT = "SELECT entry.*, %s AS now FROM entry WHERE keep > %s".formatted(NOW, NOW);

	private final DataSource dataSource;

	private final InstantSource clock;

	H2StoreSpike(DataSource dataSource, InstantSource clock) {
		this.dataSource = dataSource;
		this.clock = clock;
		for (String statement : SCHEMA) {
			run((connection) -> update(connection, statement));
		}
	}

	@Override
	public Map<Fingerprint, StoredEntry> getAll(Collection<Fingerprint> fingerprints) {
		Object[] keys = fingerprints.stream().distinct().map(Fingerprint::toBytes).toArray();
		Map<Fingerprint, StoredEntry> found = new HashMap<>();
		run((connection) -> query(connection, SELECT + " AND fingerprint = ANY(?)", (Object) keys))
			.forEach((entry) -> found.put(entry.fingerprint(), entry));
		return found;
	}

	@Override
	public void putAll(Collection<StoredEntry> entries) {
		for (StoredEntry entry : entries) {
			run((connection) -> put(connection, entry));
		}
	}

	private int put(Connection connection, StoredEntry entry) throws SQLException {
		connection.setAutoCommit(false);
		long offset = offset(connection);
		byte[] key = entry.fingerprint().toBytes();
		update(connection, "MERGE INTO entry KEY (fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", key,
				entry.payload(), shift(entry.createdAt(), offset), shift(entry.freshUntil(), offset),
				shift(entry.keepUntil(), offset), entry.bean(), entry.scope().toBytes(), SpikeTags.encode(entry.tags()),
				entry.question());
		update(connection, "DELETE FROM tag WHERE fingerprint = ?", key);
		for (String tag : entry.tags()) {
			update(connection, "INSERT INTO tag VALUES (?, ?)", tag, key);
		}
		connection.commit();
		return 1;
	}

	@Override
	public void evictAll(Collection<Fingerprint> fingerprints) {
		Object[] keys = fingerprints.stream().distinct().map(Fingerprint::toBytes).toArray();
		run((connection) -> update(connection, "DELETE FROM entry WHERE fingerprint = ANY(?)", (Object) keys));
	}

	@Override
	public long evict(Selector selector) {
		List<Object> values = new ArrayList<>();
		return run((connection) -> update(connection,
				"DELETE FROM entry WHERE keep > " + NOW + where(selector, offset(connection), values),
				values.toArray()));
	}

	@Override
	public ScanPage scan(Selector selector, @Nullable String cursor, int limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("'limit' must be at least 1");
		}
		List<Object> values = new ArrayList<>();
		byte @Nullable [] after = (cursor != null) ? Fingerprint.fromHex(cursor).toBytes() : null;
		List<StoredEntry> page = run((connection) -> {
			String where = where(selector, offset(connection), values);
			if (after != null) {
				values.add(after);
			}
			values.add(limit);
			return query(connection,
					SELECT + where + ((after != null) ? " AND fingerprint > ?" : "") + " ORDER BY fingerprint LIMIT ?",
					values.toArray());
		});
		return new ScanPage(page, (page.size() == limit) ? page.get(limit - 1).fingerprint().toHex() : null);
	}

	@Override
	public StoreStats stats() {
		return new StoreStats(run((connection) -> query(connection, SELECT)).size(), StoreStats.UNKNOWN, 0);
	}

	@Override
	public boolean blocking() {
		return true;
	}

	@Override
	public boolean acquire(Fingerprint fingerprint, String holder, Duration duration) {
		if (duration.toMillis() < 1) {
			throw new IllegalArgumentException("'duration' must be at least a millisecond");
		}
		byte[] key = fingerprint.toBytes();
		long millis = duration.toMillis();
		return run((connection) -> update(connection,
				"UPDATE lease SET holder = ?, ends = %s + ? WHERE fingerprint = ? AND (holder = ? OR ends <= %s)"
					.formatted(NOW, NOW),
				holder, millis, key, holder)) == 1
				|| run((connection) -> insert(connection, "INSERT INTO lease VALUES (?, ?, %s + ?)".formatted(NOW), key,
						holder, millis)) == 1;
	}

	@Override
	public boolean release(Fingerprint fingerprint, String holder) {
		return run((connection) -> update(connection,
				"DELETE FROM lease WHERE fingerprint = ? AND holder = ? AND ends > " + NOW, fingerprint.toBytes(),
				holder)) == 1;
	}

	private static String where(Selector selector, long offset, List<Object> values) {
		StringBuilder where = new StringBuilder();
		if (selector.bean() != null) {
			where.append(" AND bean = ?");
			values.add(selector.bean());
		}
		if (selector.scope() != null) {
			where.append(" AND scope = ?");
			values.add(selector.scope().toBytes());
		}
		if (selector.tag() != null) {
			where.append(" AND fingerprint IN (SELECT fingerprint FROM tag WHERE tag = ?)");
			values.add(selector.tag());
		}
		if (selector.createdBefore() != null) {
			where.append(" AND created < ?");
			values.add(shift(selector.createdBefore(), offset));
		}
		return where.toString();
	}

	private long offset(Connection connection) throws SQLException {
		try (ResultSet result = connection.prepareStatement("SELECT " + NOW).executeQuery()) {
			result.next();
			return result.getLong(1) - this.clock.millis();
		}
	}

	private static long shift(Instant time, long offset) {
		return StoredEntry.NEVER.equals(time) ? Long.MAX_VALUE : time.toEpochMilli() + offset;
	}

	private StoredEntry read(ResultSet row) throws SQLException {
		long offset = row.getLong("now") - this.clock.millis();
		return new StoredEntry(Fingerprint.of(row.getBytes("fingerprint")), row.getBytes("payload"),
				time(row, "created", offset), time(row, "fresh", offset), time(row, "keep", offset),
				row.getString("bean"), Fingerprint.of(row.getBytes("scope")), SpikeTags.decode(row.getBytes("tags")),
				row.getString("question"));
	}

	private static Instant time(ResultSet row, String column, long offset) throws SQLException {
		long time = row.getLong(column);
		return (time == Long.MAX_VALUE) ? StoredEntry.NEVER : Instant.ofEpochMilli(time - offset);
	}

	private List<StoredEntry> query(Connection connection, String sql, Object... values) throws SQLException {
		List<StoredEntry> entries = new ArrayList<>();
		try (PreparedStatement statement = prepare(connection, sql, values);
				ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				entries.add(read(rows));
			}
		}
		return entries;
	}

	private static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
		try (PreparedStatement statement = prepare(connection, sql, values)) {
			return statement.executeUpdate();
		}
	}

	private static int insert(Connection connection, String sql, Object... values) throws SQLException {
		try {
			return update(connection, sql, values);
		}
		catch (SQLIntegrityConstraintViolationException ex) {
			return 0;
		}
	}

	private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
			throws SQLException {
		PreparedStatement statement = connection.prepareStatement(sql);
		for (int i = 0; i < values.length; i++) {
			statement.setObject(i + 1, values[i]);
		}
		return statement;
	}

	private <T> T run(Work<T> work) {
		try (Connection connection = this.dataSource.getConnection()) {
			return work.run(connection);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Something to do with a connection.
	 */
	private interface Work<T> {

		T run(Connection connection) throws SQLException;

	}

}
