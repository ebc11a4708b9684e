package io.modelcache.autoconfigure;

import java.util.Map;
import java.util.TreeMap;

import io.modelcache.testing.CountingChatModel;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the rest of an application is the same with the cache as without it.
 */
class OtherBeansTests {

	private static final String[] DATABASE = { "spring.datasource.url=jdbc:h2:mem:other-beans",
			"spring.liquibase.change-log=classpath:changelog.yaml", "spring.flyway.enabled=false" };

	/**
	 * Boot would prefer it to Caffeine, too.
	 */
	private static final String REDIS = "org.springframework.data.redis";

	private static final String WITHOUT_CACHE = "spring.autoconfigure.exclude="
			+ ModelCacheAutoConfiguration.class.getName();

	@Test
	void aPlainApplicationKeepsItsBeans() {
		assertSame(Plain.class, Application.class.getClassLoader(), "spring.liquibase.enabled=false",
				"spring.flyway.enabled=false");
	}

	@Test
	void anApplicationThatCachesItselfKeepsItsBeans() {
		assertSame(Caching.class, Application.class.getClassLoader(), "spring.liquibase.enabled=false",
				"spring.flyway.enabled=false");
	}

	@Test
	void anApplicationWithLiquibaseKeepsItsBeans() {
		assertSame(Plain.class, Application.class.getClassLoader(), DATABASE);
	}

	@Test
	void anApplicationWithTheFlywayModuleButWithoutFlywayKeepsItsBeans() {
		ClassLoader withoutFlyway = new FilteredClassLoader("org.flywaydb");
		assertSame(Plain.class, withoutFlyway, "spring.liquibase.enabled=false",
				"spring.datasource.url=jdbc:h2:mem:without-flyway");
	}

	/**
	 * What the README says: the starter brings Caffeine, and Boot prefers it.
	 */
	@Test
	void caffeineOnTheClassPathMakesBootChooseItForTheApplicationsOwnCaches() {
		ClassLoader withCaffeine = new FilteredClassLoader(REDIS);
		ClassLoader withoutCaffeine = new FilteredClassLoader(REDIS, "com.github.benmanes.caffeine");
		assertThat(cacheManager(withCaffeine)).isEqualTo(CaffeineCacheManager.class);
		assertThat(cacheManager(withCaffeine, "spring.cache.type=simple")).isEqualTo(ConcurrentMapCacheManager.class);
		assertThat(cacheManager(withoutCaffeine, "modelcache.enabled=false"))
			.isEqualTo(ConcurrentMapCacheManager.class);
	}

	private static Class<?> cacheManager(ClassLoader classLoader, String... properties) {
		String[] all = with(properties, "spring.liquibase.enabled=false", "spring.flyway.enabled=false");
		try (ConfigurableApplicationContext context = Application.exactly(Caching.class).with(classLoader).start(all)) {
			return context.getBean(CacheManager.class).getClass();
		}
	}

	private static void assertSame(Class<?> source, ClassLoader classLoader, String... properties) {
		Map<String, String> with = beans(source, classLoader, properties);
		Map<String, String> without = beans(source, classLoader, with(properties, WITHOUT_CACHE));
		assertThat(with.keySet()).anyMatch((name) -> name.startsWith("modelCache"));
		with.keySet().removeIf((name) -> name.startsWith("modelCache") || name.startsWith("io.modelcache"));
		with.keySet().removeIf((name) -> name.startsWith("modelcache-io.modelcache"));
		assertThat(with).isEqualTo(without);
	}

	private static Map<String, String> beans(Class<?> source, ClassLoader classLoader, String... properties) {
		Map<String, String> beans = new TreeMap<>();
		try (ConfigurableApplicationContext context = Application.exactly(source).with(classLoader).start(properties)) {
			for (String name : context.getBeanDefinitionNames()) {
				Class<?> type = context.getType(name);
				boolean model = type != null && ChatModel.class.isAssignableFrom(type);
				beans.put(name, (type == null || model) ? "" : type.getName().replaceAll("\\$\\$.*", ""));
			}
		}
		return beans;
	}

	private static String[] with(String[] properties, String... more) {
		String[] all = java.util.Arrays.copyOf(properties, properties.length + more.length);
		System.arraycopy(more, 0, all, properties.length, more.length);
		return all;
	}

	/**
	 * An application with one model.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Plain {

		@Bean
		ChatModel model() {
			return new CountingChatModel();
		}

	}

	/**
	 * An application with caches of its own.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableCaching
	static class Caching {

		@Bean
		ChatModel model() {
			return new CountingChatModel();
		}

	}

}
