package io.modelcache.autoconfigure.endpoint;

import io.modelcache.autoconfigure.CacheHealth;
import io.modelcache.autoconfigure.ModelCacheAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of the health indicator {@code modelCache}.
 */
@AutoConfiguration(after = ModelCacheAutoConfiguration.class,
		beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(CacheHealth.class)
@ConditionalOnEnabledHealthIndicator("modelcache")
public final class ModelCacheHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "modelCacheHealthIndicator")
	static HealthIndicator modelCacheHealthIndicator(CacheHealth modelCacheHealth) {
		return new CacheHealthIndicator(modelCacheHealth);
	}

}
