package io.modelcache.sample.provider;

import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Starts the stand-in provider before any bean exists and points the OpenAI client at it,
 * unless there is a key for a real provider or nothing is run but ahead-of-time
 * processing, which asks nobody.
 */
class StandInProviderInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final Logger logger = LoggerFactory.getLogger(StandInProviderInitializer.class);

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		if (StringUtils.hasText(environment.getProperty("spring.ai.openai.api-key"))
				|| Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return;
		}
		StandInProvider provider = StandInProvider
			.start(Binder.get(environment).bindOrCreate("sample.provider", StandInProperties.class));
		register(provider, context.getBeanFactory());
		environment.getPropertySources().addFirst(connectionTo(provider));
		logger.warn("No OPENAI_API_KEY: a STAND-IN PROVIDER with canned answers listens at {}", provider.baseUrl());
	}

	private void register(StandInProvider provider, ConfigurableListableBeanFactory beanFactory) {
		beanFactory.registerSingleton("standInProvider", provider);
		if (beanFactory instanceof DefaultSingletonBeanRegistry registry) {
			registry.registerDisposableBean("standInProvider", provider::close);
		}
	}

	private MapPropertySource connectionTo(StandInProvider provider) {
		return new MapPropertySource("standInProvider", Map.of("spring.ai.openai.base-url", provider.baseUrl(),
				"spring.ai.openai.api-key", "stand-in", "spring.ai.openai.max-retries", "0"));
	}

}
