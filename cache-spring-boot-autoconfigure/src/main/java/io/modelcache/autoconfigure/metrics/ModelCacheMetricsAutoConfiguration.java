package io.modelcache.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.modelcache.autoconfigure.CacheHealth;
import io.modelcache.autoconfigure.CachedModels;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of {@linkplain CacheMeters the meters}.
 */
@AutoConfiguration(after = ModelCacheFiguresAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ CacheFigures.class, MeterRegistry.class })
@ConditionalOnBooleanProperty(name = "modelcache.metrics.enabled", matchIfMissing = true)
public final class ModelCacheMetricsAutoConfiguration {

	@Bean
	static CacheMeters modelCacheMeters(ObjectProvider<MeterRegistry> registry, CachedModels modelCacheCachedModels,
			CacheFigures modelCacheFigures) {
		return new CacheMeters(registry, modelCacheCachedModels, modelCacheFigures);
	}

	@Bean
	static StoreMeters modelCacheStoreMeters(ObjectProvider<MeterRegistry> registry, CacheHealth modelCacheHealth) {
		return new StoreMeters(registry, modelCacheHealth);
	}

}
