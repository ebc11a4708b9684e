package io.modelcache.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Finds the schema that is meant among those of a database.
 */
final class SchemaNames {

	private SchemaNames() {
	}

	/**
	 * Find a name, exactly as it is written or else in another case.
	 * @param names the names that there are; closed here
	 * @param column the column that has them
	 * @param wanted the name as it is configured
	 * @param otherwise the name if there is none yet
	 */
	static String find(ResultSet names, String column, String wanted, String otherwise) throws SQLException {
		String found = otherwise;
		try (names) {
			while (names.next()) {
				String name = names.getString(column);
				if (wanted.equals(name)) {
					return name;
				}
				found = wanted.equalsIgnoreCase(name) ? name : found;
			}
		}
		return found;
	}

}
