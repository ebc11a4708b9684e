package io.modelcache.autoconfigure.metrics;

import io.modelcache.autoconfigure.CachedModels;
import io.modelcache.autoconfigure.ModelCacheAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of what counts hits and savings, for meters and for the actuator.
 */
@AutoConfiguration(after = ModelCacheAutoConfiguration.class)
@ConditionalOnBean(CachedModels.class)
@Conditional(OnFiguresShownCondition.class)
@EnableConfigurationProperties(PriceProperties.class)
public final class ModelCacheFiguresAutoConfiguration {

	@Bean
	static CacheFigures modelCacheFigures(PriceProperties properties) {
		return new CacheFigures(new PriceTable(properties));
	}

}
