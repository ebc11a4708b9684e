package io.modelcache.autoconfigure.endpoint;

import io.modelcache.ModelCacheManager;
import io.modelcache.autoconfigure.CacheHealth;
import io.modelcache.autoconfigure.CachedModels;
import io.modelcache.autoconfigure.metrics.CacheFigures;
import io.modelcache.autoconfigure.metrics.ModelCacheFiguresAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of the actuator endpoint {@code modelcache}, where it is exposed.
 */
@AutoConfiguration(after = ModelCacheFiguresAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(ModelCacheEndpoint.class)
@ConditionalOnBean({ CacheFigures.class, ModelCacheManager.class })
@EnableConfigurationProperties(EndpointProperties.class)
public final class ModelCacheEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	static ModelCacheEndpoint modelCacheEndpoint(CachedModels modelCacheCachedModels, CacheFigures modelCacheFigures,
			CacheHealth modelCacheHealth, ModelCacheManager modelCacheManager, EndpointProperties properties) {
		return new ModelCacheEndpoint(modelCacheCachedModels, modelCacheFigures, modelCacheHealth, modelCacheManager,
				properties);
	}

}
