package io.modelcache.autoconfigure;

import java.util.Set;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.sql.init.dependency.DatabaseInitializerDetector;

/**
 * Lets the application's own initializers, such as its Flyway, come before ours, for they
 * may want an empty schema.
 */
final class JdbcInitializerDetector implements DatabaseInitializerDetector {

	@Override
	public Set<String> detect(ConfigurableListableBeanFactory beanFactory) {
		boolean used = beanFactory.containsBeanDefinition(JdbcBackend.BEAN_NAME)
				&& Decorating.in(beanFactory).plan().properties().propertyOf(CacheProvider.JDBC) != null;
		return used ? Set.of(JdbcBackend.BEAN_NAME) : Set.of();
	}

	/**
	 * After all of Spring Boot's.
	 */
	@Override
	public int getOrder() {
		return 1000;
	}

}
