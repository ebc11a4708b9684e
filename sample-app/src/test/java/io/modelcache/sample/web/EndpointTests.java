package io.modelcache.sample.web;

import io.modelcache.sample.SampleTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * Looking at the cache over HTTP, and steering it.
 */
class EndpointTests {

	private static final String ENDPOINT = "/actuator/modelcache";

	/**
	 * The sample as it is.
	 */
	@Nested
	@SampleTest
	class ByDefault {

		@Test
		void nothingIsExposed(@Autowired RestTestClient client) {
			client.get().uri(ENDPOINT).exchange().expectStatus().isNotFound();
			client.get().uri("/actuator/metrics").exchange().expectStatus().isNotFound();
			client.delete().uri(ENDPOINT + "?all=true").exchange().expectStatus().isNotFound();
		}

	}

	/**
	 * The sample with the endpoint exposed.
	 */
	@Nested
	@SampleTest
	@TestPropertySource(properties = "management.endpoints.web.exposure.include=modelcache,metrics")
	class Exposed {

		@Test
		void whatWasAskedTwiceIsAHitToSeeAndToEvict(@Autowired RestTestClient client) {
			client.get().uri("/ask?q=seen").exchange().expectStatus().isOk();
			client.get().uri("/ask?q=seen").exchange().expectStatus().isOk();
			client.get()
				.uri(ENDPOINT)
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.models.openAiChatModel.figures.hits")
				.isEqualTo(1)
				.jsonPath("$.models.openAiChatModel.figures.hitRatio")
				.isEqualTo(0.5)
				.jsonPath("$.models.openAiChatModel.settings.ttl")
				.isEqualTo("1d")
				.jsonPath("$.models.openAiEmbeddingModel.cached")
				.isEqualTo(true);
			client.get()
				.uri(ENDPOINT + "/openAiChatModel?limit=1")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.entries.length()")
				.isEqualTo(1);
			client.get()
				.uri("/actuator/metrics/cache.gets?tag=cache:openAiChatModel&tag=result:hit")
				.exchange()
				.expectBody()
				.jsonPath("$.measurements[0].value")
				.isEqualTo(1.0);
			assertEvicted(client, "?bean=openAiChatModel&dryRun=true", true);
			assertEvicted(client, "?bean=openAiChatModel", false);
			client.get().uri("/ask?q=seen").exchange().expectHeader().valueMatches("Cache-Status", ".*fwd=miss.*");
		}

		@Test
		void whatIsNotUnderstoodIsABadRequest(@Autowired RestTestClient client) {
			client.delete().uri(ENDPOINT).exchange().expectStatus().isBadRequest();
			client.get().uri(ENDPOINT + "/openAiChatModel?limit=0").exchange().expectStatus().isBadRequest();
			client.get().uri(ENDPOINT + "/nobody").exchange().expectStatus().isNotFound();
			client.get().uri(ENDPOINT + "?search=seen").exchange().expectStatus().isEqualTo(HttpStatus.FORBIDDEN);
		}

		private static void assertEvicted(RestTestClient client, String query, boolean dryRun) {
			client.delete()
				.uri(ENDPOINT + query)
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.entries")
				.isEqualTo(1)
				.jsonPath("$.dryRun")
				.isEqualTo(dryRun);
		}

	}

}
