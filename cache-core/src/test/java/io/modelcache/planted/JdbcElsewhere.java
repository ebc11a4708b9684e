package io.modelcache.planted;

import javax.sql.DataSource;

/**
 * Knows JDBC outside its store.
 */
class JdbcElsewhere {

	Class<?> known() {
		return DataSource.class;
	}

}
