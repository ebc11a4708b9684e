package io.modelcache.autoconfigure;

import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

import io.modelcache.autoconfigure.ProviderUnavailableException.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * Chooses among the application's data sources, and never guesses.
 */
final class JdbcDataSource {

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
