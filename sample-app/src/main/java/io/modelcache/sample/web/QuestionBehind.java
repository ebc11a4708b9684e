package io.modelcache.sample.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import io.modelcache.CacheStatus;
import io.modelcache.ModelCacheManager;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Knows, under the provider {@code semantic}, which question an answer was made for. A
 * page for everybody would not show it: it is somebody else's question.
 */
@Component
class QuestionBehind {

	private final ModelCacheManager manager;

	QuestionBehind(ModelCacheManager manager) {
		this.manager = manager;
	}

	/**
	 * Return the question.
	 * @param status the status of the answer
	 * @return the question, or {@code null} if it is the one that was asked
	 */
	@Nullable String of(CacheStatus status) {
		return status.hit() ? this.manager.questionBehind(status) : null;
	}

	/**
	 * Return the question as a header can hold it.
	 */
	@Nullable String encoded(CacheStatus status) {
		String question = of(status);
		return (question != null) ? URLEncoder.encode(question, StandardCharsets.UTF_8).replace("+", "%20") : null;
	}

}
