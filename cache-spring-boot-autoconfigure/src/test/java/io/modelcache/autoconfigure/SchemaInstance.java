package io.modelcache.autoconfigure;

import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;
import io.modelcache.autoconfigure.schema.Migration;
import io.modelcache.autoconfigure.schema.Schema;
import io.modelcache.testing.TestDatabase;

/**
 * An instance of an application that makes our tables and ends.
 */
final class SchemaInstance {

	private SchemaInstance() {
	}

	/**
	 * Make the tables.
	 * @param args the URL, the user and the password
	 * @throws SQLException if the database does not answer
	 */
	public static void main(String[] args) throws SQLException {
		Schema schema = new Schema(null, "modelcache_", Migration.FLYWAY, SchemaInstance.class.getClassLoader());
		try (HikariDataSource pool = new TestDatabase(args[0], args[1], args[2]).pool(2)) {
			schema.prepare(pool, () -> {
			}).verify(pool);
		}
	}

}
