package io.modelcache.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.Selector;
import org.jspecify.annotations.Nullable;

/**
 * A selector as a condition of SQL, to be read page by page.
 *
 * @param selector which entries
 * @param after the last fingerprint of the page before, or {@code null}
 * @param now the time of this JVM
 */
record EntryFilter(Selector selector, @Nullable Fingerprint after, Instant now) {

	String sql(JdbcTables tables) {
		StringBuilder sql = new StringBuilder();
		if (this.selector.bean() != null) {
			sql.append(" AND bean = ?");
		}
		if (this.selector.scope() != null) {
			sql.append(" AND scope = ?");
		}
		if (this.selector.tag() != null) {
			sql.append(" AND fingerprint IN (SELECT fingerprint FROM ").append(tables.tag()).append(" WHERE tag = ?)");
		}
		if (this.selector.createdBefore() != null) {
			sql.append(" AND created_at < ").append(tables.dialect().now()).append(" + ?");
		}
		if (this.after != null) {
			sql.append(" AND fingerprint > ?");
		}
		return sql.toString();
	}

	/**
	 * Set the parameters.
	 * @return how many there are
	 */
	int bind(PreparedStatement statement) throws SQLException {
		int count = 0;
		if (this.selector.bean() != null) {
			statement.setString(++count, this.selector.bean());
		}
		if (this.selector.scope() != null) {
			statement.setBytes(++count, this.selector.scope().toBytes());
		}
		if (this.selector.tag() != null) {
			statement.setString(++count, this.selector.tag());
		}
		if (this.selector.createdBefore() != null) {
			statement.setLong(++count, EntryRow.distance(this.now, this.selector.createdBefore()));
		}
		if (this.after != null) {
			statement.setBytes(++count, this.after.toBytes());
		}
		return count;
	}

}
