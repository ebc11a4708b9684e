package io.modelcache.autoconfigure;

import java.sql.SQLException;
import java.util.Set;

import com.zaxxer.hikari.SQLExceptionOverride;

/**
 * Lets a pool drop its connections to a database of H2 that has closed itself, as it does
 * when its file cannot be read or written. They still say that they are valid; a new one
 * opens the database again.
 */
final class ClosedDatabase implements SQLExceptionOverride {

	/**
	 * {@code DATABASE_IS_CLOSED}, {@code DATABASE_CALLED_AT_SHUTDOWN}.
	 */
	private static final Set<Integer> CODES = Set.of(90098, 90121);

	@java.lang.Override
	public Override adjudicate(SQLException failure) {
		return CODES.contains(failure.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
	}

}
