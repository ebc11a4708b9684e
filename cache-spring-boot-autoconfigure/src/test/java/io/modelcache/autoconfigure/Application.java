package io.modelcache.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A real application, whose start-up prints what a user sees.
 */
final class Application {

	private final List<Class<?>> sources = new ArrayList<>();

	private ClassLoader classLoader = Application.class.getClassLoader();

	private Application(List<Class<?>> sources) {
		this.sources.addAll(sources);
	}

	/**
	 * Describe an application that has nothing but the cache.
	 */
	static Application of(Class<?>... sources) {
		Application application = new Application(List.of(sources));
		application.sources.add(OnlyModelCache.class);
		return application;
	}

	/**
	 * Describe an application that has what its sources bring.
	 */
	static Application exactly(Class<?>... sources) {
		return new Application(List.of(sources));
	}

	Application with(ClassLoader classLoader) {
		this.classLoader = classLoader;
		return this;
	}

	/**
	 * Start the application.
	 * @param arguments properties such as {@code modelcache.ttl=1d}
	 */
	ConfigurableApplicationContext start(String... arguments) {
		ClassLoader before = ClassUtils.overrideThreadContextClassLoader(this.classLoader);
		try {
			SpringApplication application = new SpringApplication(new DefaultResourceLoader(this.classLoader),
					this.sources.toArray(new Class<?>[0]));
			application.setWebApplicationType(WebApplicationType.NONE);
			application.setBannerMode(Banner.Mode.OFF);
			application.setLogStartupInfo(false);
			application.setRegisterShutdownHook(false);
			return application.run(List.of(arguments).stream().map("--"::concat).toArray(String[]::new));
		}
		finally {
			ClassUtils.overrideThreadContextClassLoader(before);
		}
	}

	/**
	 * Start the application, which must fail.
	 */
	void fail(String... arguments) {
		assertThatException().isThrownBy(() -> start(arguments).close());
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ModelCacheAutoConfiguration.class)
	static class OnlyModelCache {

	}

}
