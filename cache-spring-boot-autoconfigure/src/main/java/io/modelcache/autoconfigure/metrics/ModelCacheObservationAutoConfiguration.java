package io.modelcache.autoconfigure.metrics;

import io.micrometer.observation.ObservationRegistry;
import io.modelcache.autoconfigure.CachedModels;
import io.modelcache.autoconfigure.ModelCacheAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of {@linkplain AnswerObservations observations}, for applications
 * that trace.
 */
@AutoConfiguration(after = ModelCacheAutoConfiguration.class, afterName = {
		"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
		"org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
		"org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration",
		"org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration" })
@ConditionalOnClass(name = { "io.micrometer.observation.ObservationRegistry", "io.micrometer.tracing.Tracer" })
@ConditionalOnBean(type = { "io.modelcache.autoconfigure.CachedModels", "io.micrometer.observation.ObservationRegistry",
		"io.micrometer.tracing.Tracer" })
@ConditionalOnBooleanProperty(name = "modelcache.observations.enabled", matchIfMissing = true)
public final class ModelCacheObservationAutoConfiguration {

	@Bean
	static AnswerObservations modelCacheAnswerObservations(ObjectProvider<ObservationRegistry> registry,
			CachedModels modelCacheCachedModels) {
		return new AnswerObservations(registry, modelCacheCachedModels);
	}

}
