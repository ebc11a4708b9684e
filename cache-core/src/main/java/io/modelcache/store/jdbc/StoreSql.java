package io.modelcache.store.jdbc;

import java.util.Collections;
import java.util.List;

/**
 * The statements of a {@link JdbcCacheStore}. All times are of the database, in
 * milliseconds; {@code NULL} is never.
 */
final class StoreSql {

	private static final List<String> COLUMNS = List.of("fingerprint", "payload", "created_at", "fresh_until",
			"keep_until", "bean", "scope", "tags", "question");

	final String get;

	final String put;

	final String deleteTags;

	final String putTag;

	private final JdbcTables tables;

	private final String select;

	private final String live;

	StoreSql(JdbcTables tables) {
		this.tables = tables;
		String now = tables.dialect().now();
		this.select = "SELECT %s, %s AS now_millis FROM %s".formatted(String.join(", ", COLUMNS), now, tables.entry());
		this.live = "(keep_until IS NULL OR keep_until > %s)".formatted(now);
		this.get = this.select + " WHERE fingerprint = ?";
		this.put = tables.dialect()
			.upsert(tables.entry(), COLUMNS, "?, ?, %1$s + ?, %1$s + ?, %1$s + ?, ?, ?, ?, ?".formatted(now));
		this.deleteTags = "DELETE FROM %s WHERE fingerprint = ?".formatted(tables.tag());
		this.putTag = "INSERT INTO %s (fingerprint, tag) VALUES (?, ?)".formatted(tables.tag());
	}

	/**
	 * Read the entries of so many fingerprints, those that have ended too.
	 */
	String getSome(int count) {
		return this.select + " WHERE " + in(count);
	}

	String deleteSome(int count) {
		return "DELETE FROM %s WHERE %s".formatted(this.tables.entry(), in(count));
	}

	/**
	 * Delete of so many fingerprints the entries that have not ended.
	 */
	String deleteLive(int count) {
		return deleteSome(count) + " AND " + this.live;
	}

	String purge(int limit) {
		return this.tables.dialect().purge(this.tables.entry(), limit);
	}

	/**
	 * Read a page of entries that have not ended.
	 */
	String scan(EntryFilter filter) {
		return "%s WHERE %s%s ORDER BY fingerprint LIMIT ?".formatted(this.select, this.live, filter.sql(this.tables));
	}

	/**
	 * Read a page of fingerprints, also of entries that have ended.
	 */
	String keys(EntryFilter filter) {
		return "SELECT fingerprint FROM %s WHERE 1 = 1%s ORDER BY fingerprint LIMIT ?".formatted(this.tables.entry(),
				filter.sql(this.tables));
	}

	String search(int words) {
		return "%s WHERE %s AND %s ORDER BY created_at DESC LIMIT ?".formatted(this.select, this.live,
				this.tables.dialect().contains(words));
	}

	/**
	 * Count entries that have not ended, up to a limit.
	 */
	String count(int limit) {
		return "SELECT COUNT(*) FROM (SELECT 1 FROM %s WHERE %s LIMIT %d) counted".formatted(this.tables.entry(),
				this.live, limit);
	}

	/**
	 * Return queries without rows that fail if a table or a column is missing.
	 */
	List<String> probes() {
		return List.of(this.select + " WHERE 1 = 0",
				"SELECT fingerprint, tag FROM %s WHERE 1 = 0".formatted(this.tables.tag()));
	}

	private static String in(int count) {
		return "fingerprint IN (%s)".formatted(String.join(", ", Collections.nCopies(count, "?")));
	}

}
