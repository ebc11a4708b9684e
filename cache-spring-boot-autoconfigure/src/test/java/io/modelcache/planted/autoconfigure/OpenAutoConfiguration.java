package io.modelcache.planted.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * An auto-configuration that can be extended and wakes beans for its post-processors.
 */
@AutoConfiguration
public class OpenAutoConfiguration {

	@Bean
	OpenPostProcessor instancePostProcessor() {
		return new OpenPostProcessor();
	}

	@Bean
	static OpenPostProcessor eagerPostProcessor(ApplicationContext context) {
		return new OpenPostProcessor();
	}

}
