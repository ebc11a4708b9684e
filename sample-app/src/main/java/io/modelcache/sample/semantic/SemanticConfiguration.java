package io.modelcache.sample.semantic;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Gives the application the embedding model that the semantic cache needs.
 */
@Configuration(proxyBeanMethods = false)
@Profile("semantic")
class SemanticConfiguration {

	@Bean
	InProcessEmbeddingModel inProcessEmbeddingModel() {
		return new InProcessEmbeddingModel();
	}

}
