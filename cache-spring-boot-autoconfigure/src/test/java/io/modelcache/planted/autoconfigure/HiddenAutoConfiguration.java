package io.modelcache.planted.autoconfigure;

import java.time.Clock;
import java.util.concurrent.Executor;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.context.annotation.Bean;

/**
 * An auto-configuration that is not public and makes Spring Boot back off.
 */
@AutoConfiguration
final class HiddenAutoConfiguration {

	@Bean
	Executor executor() {
		return Runnable::run;
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	CacheManager cacheManager() {
		return new NoOpCacheManager();
	}

}
