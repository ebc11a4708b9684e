package io.modelcache.autoconfigure;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

import io.modelcache.autoconfigure.ProviderUnavailableException.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.util.ClassUtils;

/**
 * Chooses among the application's data sources, and never guesses.
 */
final class JdbcDataSource {

	private static final String ROUTING = "org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource";

	private final ConfigurableListableBeanFactory beanFactory;

	private final @Nullable String wanted;

	JdbcDataSource(ConfigurableListableBeanFactory beanFactory, @Nullable String wanted) {
		this.beanFactory = beanFactory;
		this.wanted = wanted;
	}

	/**
	 * Return the name of the bean: the one that is asked for, else the only one, the only
	 * primary one or the only one that is no fallback.
	 * @throws ProviderUnavailableException if there is no such one
	 */
	String name(String property) {
		List<String> names = Arrays
			.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, DataSource.class, true,
					false))
			.filter((name) -> !name.startsWith("scopedTarget."))
			.toList();
		String chosen = (this.wanted != null) ? (names.contains(this.wanted) ? this.wanted : null)
				: new BeanChoice(this.beanFactory).only(names.stream().filter(this::isCandidate).toList());
		if (chosen == null) {
			throw new ProviderUnavailableException(CacheProvider.JDBC, property, problem(names));
		}
		return chosen;
	}

	/**
	 * Return the bean.
	 * @throws ProviderUnavailableException if it leads to another database from time to
	 * time: answers are read and written on threads of the cache and evicted on those of
	 * its callers, so that an eviction could miss them
	 */
	DataSource bean(String name, String property) {
		DataSource dataSource = this.beanFactory.getBean(name, DataSource.class);
		if (isRouting(dataSource)) {
			throw new ProviderUnavailableException(CacheProvider.JDBC, property, new Problem(
					"the DataSource '%s' is an AbstractRoutingDataSource, which chooses a database by the thread that asks"
						.formatted(name),
					"Set modelcache.jdbc.data-source to the bean of one of the databases, or give the cache one of its own with modelcache.jdbc.url."));
		}
		return dataSource;
	}

	/**
	 * Look for the class by its name, for spring-jdbc need not be there.
	 */
	private boolean isRouting(DataSource dataSource) {
		try {
			return dataSource.isWrapperFor(ClassUtils.forName(ROUTING, this.beanFactory.getBeanClassLoader()));
		}
		catch (ClassNotFoundException | LinkageError | SQLException | RuntimeException ex) {
			return false;
		}
	}

	private boolean isCandidate(String name) {
		if (!this.beanFactory.containsBeanDefinition(name)) {
			return true;
		}
		BeanDefinition definition = this.beanFactory.getMergedBeanDefinition(name);
		return definition.isAutowireCandidate()
				&& !(definition instanceof AbstractBeanDefinition bean && !bean.isDefaultCandidate());
	}

	private Problem problem(List<String> names) {
		if (names.isEmpty()) {
			return new Problem("there is no bean of type DataSource", """
					Let Spring Boot make one with this dependency, a driver and spring.datasource.url:

					%s

					Or give the cache a database of its own: modelcache.jdbc.url=jdbc:h2:file:./data/modelcache"""
				.formatted(ProviderDependency.JDBC));
		}
		String all = String.join(", ", names);
		if (this.wanted != null) {
			return new Problem(
					"modelcache.jdbc.data-source names '%s', and there is no bean of type DataSource of that name"
						.formatted(this.wanted),
					"Set modelcache.jdbc.data-source to one of %s.".formatted(all));
		}
		return new Problem("there are several beans of type DataSource, %s, and none of them is primary".formatted(all),
				"Set modelcache.jdbc.data-source to the one to use.");
	}

}
