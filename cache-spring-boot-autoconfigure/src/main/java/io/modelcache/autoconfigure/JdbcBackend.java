package io.modelcache.autoconfigure;

import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import io.modelcache.autoconfigure.ProviderUnavailableException.Problem;
import io.modelcache.autoconfigure.schema.Migration;
import io.modelcache.autoconfigure.schema.Schema;
import io.modelcache.store.GuardedCacheStoreBuilder;
import io.modelcache.store.jdbc.JdbcStoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * The database of the application's cache from its start to its end.
 * <p>
 * Without a property that asks for it, nothing happens here.
 */
final class JdbcBackend implements SmartInitializingSingleton, DisposableBean {

	static final String BEAN_NAME = "modelCacheJdbcBackend";

	private static final String HIKARI = "com.zaxxer.hikari.HikariDataSource";

	private static final int POOL_OF_HIKARI = 10;

	private final ModelCacheProperties properties;

	private final ConfigurableListableBeanFactory beanFactory;

	private final JdbcKeeper keeper;

	private @Nullable AutoCloseable own;

	JdbcBackend(ModelCacheProperties properties, ConfigurableListableBeanFactory beanFactory) {
		this.properties = properties;
		this.beanFactory = beanFactory;
		ModelCacheProperties.Jdbc jdbc = properties.jdbc();
		this.keeper = new JdbcKeeper(
				new Schema(jdbc.schema(), jdbc.tablePrefix(), jdbc.migration(), beanFactory.getBeanClassLoader()),
				jdbc.failFast(), jdbc.purgeInterval());
	}

	LateCacheStore store() {
		return new LateCacheStore(this.keeper::store);
	}

	/**
	 * A database of the application's is taken for a server: what it is turns out only
	 * when it is asked.
	 */
	void prepare(GuardedCacheStoreBuilder guard) {
		String url = this.properties.jdbc().url();
		if (url != null && JdbcUrl.isInProcess(url)) {
			guard.inProcess();
		}
		guard.disconnectedIf((failure) -> failure instanceof JdbcStoreException jdbc && jdbc.isDisconnected());
	}

	/**
	 * A quarter of the connections of the application's pool, four at most, or all that
	 * are the cache's own.
	 */
	int maxConcurrent() {
		return (this.properties.jdbc().url() != null) ? connections()
				: Math.min(JdbcOwnDatabase.CONNECTIONS, Math.max(1, connections() / 4));
	}

	private int connections() {
		if (this.properties.jdbc().url() != null) {
			return JdbcOwnDatabase.CONNECTIONS;
		}
		return this.beanFactory.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class)
			.getProperty("spring.datasource.hikari.maximum-pool-size", Integer.class, POOL_OF_HIKARI);
	}

	/**
	 * Check that there is a database and what it takes to use it.
	 * @throws ProviderUnavailableException if not
	 */
	void check(String property) {
		String url = this.properties.jdbc().url();
		if (url != null) {
			checkUrl(url, property);
		}
		else {
			dataSource().name(property);
		}
		if (this.properties.jdbc().migration() == Migration.FLYWAY) {
			require("org.flywaydb.core.Flyway", "Flyway, which makes its tables,",
					"""
							%s

							PostgreSQL also needs flyway-database-postgresql, MariaDB and MySQL need flyway-mysql. Without Flyway, run the script in docs/jdbc.md by hand and set modelcache.jdbc.migration=validate."""
						.formatted(ProviderDependency.FLYWAY),
					property);
		}
	}

	@Override
	public void afterSingletonsInstantiated() {
		String property = this.properties.propertyOf(CacheProvider.JDBC);
		if (property != null) {
			check(property);
			DataSource dataSource = open(property);
			this.keeper.start(dataSource, this.properties.jdbc().linger() ? awaited(dataSource) : null);
		}
	}

	@Override
	public void destroy() throws Exception {
		this.keeper.close();
		if (this.own != null) {
			this.own.close();
		}
	}

	private DataSource open(String property) {
		String url = this.properties.jdbc().url();
		if (url != null) {
			DataSource pool = JdbcOwnDatabase.create(this.properties.jdbc(), url);
			this.own = (AutoCloseable) pool;
			return pool;
		}
		JdbcDataSource beans = dataSource();
		String name = beans.name(property);
		DataSource dataSource = beans.bean(name, property);
		if (this.beanFactory instanceof DefaultSingletonBeanRegistry registry) {
			registry.registerDependentBean(name, BEAN_NAME);
		}
		return dataSource;
	}

	/**
	 * What tells whether anybody waits for a connection, if one may stay with the cache.
	 */
	private @Nullable BooleanSupplier awaited(DataSource dataSource) {
		return ClassUtils.isPresent(HIKARI, this.beanFactory.getBeanClassLoader()) ? LingeringPool.awaited(dataSource)
				: null;
	}

	private JdbcDataSource dataSource() {
		return new JdbcDataSource(this.beanFactory, this.properties.jdbc().dataSource());
	}

	private void checkUrl(String url, String property) {
		JdbcUrl database = JdbcUrl.of(url);
		if (database == null) {
			throw new ProviderUnavailableException(CacheProvider.JDBC, property, new Problem(
					"modelcache.jdbc.url names a database that is none of H2, SQLite, PostgreSQL, MariaDB and MySQL",
					"Write a URL such as jdbc:h2:file:./data/modelcache or jdbc:sqlite:./data/modelcache.db."));
		}
		require(database.driver(), "the driver of the database in modelcache.jdbc.url", database.dependency(),
				property);
		require(HIKARI, "HikariCP, which keeps its connections,", ProviderDependency.HIKARI, property);
	}

	private void require(String type, String what, String dependency, String property) {
		if (!ClassUtils.isPresent(type, this.beanFactory.getBeanClassLoader())) {
			throw new ProviderUnavailableException(CacheProvider.JDBC, property, new Problem(
					"%s is not on the class path".formatted(what), "Add this dependency:\n\n" + dependency));
		}
	}

}
