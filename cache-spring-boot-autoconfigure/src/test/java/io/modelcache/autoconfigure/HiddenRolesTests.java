package io.modelcache.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a model which is something else to Spring Boot or Micrometer stays that.
 */
@ExtendWith(OutputCaptureExtension.class)
class HiddenRolesTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ModelCacheAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class,
					MetricsAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	@Test
	void aModelThatTellsOfItsHealthIsLeftAloneSoThatItDoes(CapturedOutput output) {
		this.context.withBean("model", HealthyModel.class).run((context) -> {
			assertThat(context.getBean(HealthContributorRegistry.class).getContributor("model"))
				.isSameAs(context.getBean("model"));
			assertThat(output).contains("chat model 'model' is NOT cached: it also implements HealthIndicator, which "
					+ "Spring Boot would not find through a cache");
		});
	}

	@Test
	void aModelThatHasMetersIsLeftAloneSoThatItHasThem(CapturedOutput output) {
		this.context.withBean("model", MeteredModel.class).run((context) -> {
			assertThat(context.getBean(MeterRegistry.class).find("questions").gauge()).isNotNull();
			assertThat(output)
				.contains("embedding model 'model' is NOT cached: it also implements MeterBinder, which Micrometer "
						+ "would not find through a cache");
		});
	}

	static class HealthyModel extends CountingChatModel implements HealthIndicator {

		@Override
		public Health health() {
			return Health.up().build();
		}

	}

	static class MeteredModel extends CountingEmbeddingModel implements MeterBinder {

		@Override
		public void bindTo(MeterRegistry registry) {
			registry.gauge("questions", requests().size());
		}

	}

}
