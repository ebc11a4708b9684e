package io.modelcache.store.jdbc;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.util.ClassUtils;

/**
 * Finds the data source whose connections belong to nobody's transaction.
 */
final class OwnConnections {

	private static final boolean SPRING_JDBC = ClassUtils.isPresent(
			"org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy",
			OwnConnections.class.getClassLoader());

	private OwnConnections() {
	}

	static DataSource of(DataSource dataSource) {
		return SPRING_JDBC ? Spring.target(dataSource) : dataSource;
	}

	/**
	 * Loaded only if spring-jdbc is there.
	 */
	private static final class Spring {

		static DataSource target(DataSource dataSource) {
			DataSource target = dataSource;
			while (target instanceof TransactionAwareDataSourceProxy
					|| target instanceof LazyConnectionDataSourceProxy) {
				DataSource next = ((DelegatingDataSource) target).getTargetDataSource();
				if (next == null) {
					break;
				}
				target = next;
			}
			return target;
		}

	}

}
