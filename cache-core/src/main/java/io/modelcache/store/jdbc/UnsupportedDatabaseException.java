package io.modelcache.store.jdbc;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Thrown when a database is none that {@link JdbcDialect} knows.
 */
public final class UnsupportedDatabaseException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String product;

	UnsupportedDatabaseException(String product) {
		super("The database is '%s', and answers can be kept in %s only".formatted(product,
				Arrays.stream(JdbcDialect.values()).map(JdbcDialect::toString).collect(Collectors.joining(", "))));
		this.product = product;
	}

	/**
	 * Return what the database says it is.
	 * @return the name of the product
	 */
	public String product() {
		return this.product;
	}

}
