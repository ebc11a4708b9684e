package io.modelcache.autoconfigure;

import io.modelcache.store.GuardedCacheStoreBuilder;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Keeps answers in a table.
 */
@Configuration(proxyBeanMethods = false)
class JdbcStoreConfiguration {

	@Bean
	static JdbcBackend modelCacheJdbcBackend(Decorating modelCacheDecorating) {
		return new JdbcBackend(modelCacheDecorating.plan().properties(), modelCacheDecorating.beanFactory());
	}

	@Bean
	static StoreFactory modelCacheJdbcStoreFactory(JdbcBackend modelCacheJdbcBackend) {
		return new JdbcStoreFactory(modelCacheJdbcBackend);
	}

	/**
	 * Hands out the store.
	 *
	 * @param backend what keeps the store running
	 */
	private record JdbcStoreFactory(JdbcBackend backend) implements StoreFactory {

		@Override
		public CacheProvider provider() {
			return CacheProvider.JDBC;
		}

		@Override
		public void check(String property) {
			this.backend.check(property);
		}

		@Override
		public LateCacheStore create() {
			return this.backend.store();
		}

		@Override
		public void prepare(GuardedCacheStoreBuilder guard) {
			this.backend.prepare(guard);
		}

		@Override
		public int maxConcurrent() {
			return this.backend.maxConcurrent();
		}

	}

}
