package io.modelcache.store.jdbc;

import java.nio.BufferUnderflowException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * An entry as a row. It holds everything, the tags too, so that one statement reads a
 * consistent entry.
 * <p>
 * Times go to the database as distances from now, which it adds to its own time, and come
 * back the same way.
 */
final class EntryRow {

	/**
	 * A hundred million years: far enough, and no sum overflows.
	 */
	private static final long FAR = 1L << 61;

	private static final Fingerprint NO_SCOPE = new Fingerprint(0, 0, 0, 0);

	private EntryRow() {
	}

	static void write(PreparedStatement statement, StoredEntry entry, Instant now) throws SQLException {
		statement.setBytes(1, entry.fingerprint().toBytes());
		statement.setBytes(2, entry.payload());
		writeTime(statement, 3, entry.createdAt(), now);
		writeTime(statement, 4, entry.freshUntil(), now);
		writeTime(statement, 5, entry.keepUntil(), now);
		statement.setString(6, entry.bean());
		statement.setBytes(7, entry.scope().toBytes());
		statement.setBytes(8, TagBytes.encode(entry.tags()));
		statement.setString(9, entry.question());
	}

	/**
	 * Read the row that a result set is at. A damaged one comes back as an empty entry
	 * that belongs to nobody, so that whoever asked for it rejects, counts and evicts it.
	 * @return the entry, or {@code null} if it has ended
	 */
	static @Nullable StoredEntry read(ResultSet row, InstantSource clock) throws SQLException {
		long now = row.getLong(10);
		long shift = clock.millis() - now;
		long keep = row.getLong(5);
		boolean endless = row.wasNull();
		if (!endless && keep <= now) {
			return null;
		}
		Instant keepUntil = endless ? StoredEntry.NEVER : Instant.ofEpochMilli(keep + shift);
		Fingerprint fingerprint = Fingerprint.of(row.getBytes(1));
		try {
			return whole(row, fingerprint, keepUntil, shift);
		}
		catch (BufferUnderflowException | IllegalArgumentException ex) {
			return unreadable(fingerprint);
		}
	}

	private static StoredEntry whole(ResultSet row, Fingerprint fingerprint, Instant keepUntil, long shift)
			throws SQLException {
		long fresh = row.getLong(4);
		Instant freshUntil = row.wasNull() ? StoredEntry.NEVER : Instant.ofEpochMilli(fresh + shift);
		return new StoredEntry(fingerprint, row.getBytes(2), Instant.ofEpochMilli(row.getLong(3) + shift), freshUntil,
				keepUntil, row.getString(6), Fingerprint.of(row.getBytes(7)), TagBytes.decode(row.getBytes(8)),
				row.getString(9));
	}

	private static StoredEntry unreadable(Fingerprint fingerprint) {
		return new StoredEntry(fingerprint, new byte[0], Instant.EPOCH, StoredEntry.NEVER, StoredEntry.NEVER, "",
				NO_SCOPE, Set.of(), null);
	}

	static long distance(Instant now, Instant time) {
		return Math.max(-FAR, Math.min(time.toEpochMilli() - now.toEpochMilli(), FAR));
	}

	private static void writeTime(PreparedStatement statement, int index, Instant time, Instant now)
			throws SQLException {
		if (StoredEntry.NEVER.equals(time)) {
			statement.setNull(index, Types.BIGINT);
		}
		else {
			statement.setLong(index, distance(now, time));
		}
	}

}
