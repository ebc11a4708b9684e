package io.modelcache.sample.demo;

import io.modelcache.Uncached;

import org.springframework.ai.model.openai.autoconfigure.OpenAiChatProperties;
import org.springframework.ai.model.openai.autoconfigure.OpenAiCommonProperties;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A second model at the same provider, which is never cached.
 * <p>
 * It is no default candidate, so Spring AI still configures its own model, and that one
 * is still what is injected where nothing else is said; this one is injected by
 * {@code @Qualifier("editor")}.
 */
@Configuration(proxyBeanMethods = false)
class EditorConfiguration {

	@Bean(defaultCandidate = false)
	@Uncached
	OpenAiChatModel editor(OpenAiCommonProperties connection, OpenAiChatProperties chat) {
		return OpenAiChatModel.builder()
			.options(chat.toOptions()
				.mutate()
				.baseUrl(connection.getBaseUrl())
				.apiKey(connection.getApiKey())
				.maxRetries(connection.getMaxRetries())
				.build())
			.build();
	}

}
