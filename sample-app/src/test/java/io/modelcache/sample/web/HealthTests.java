package io.modelcache.sample.web;

import java.io.UncheckedIOException;
import java.net.ConnectException;

import io.modelcache.sample.SampleTest;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.FlakyStore;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * Shows that a dead cache does not take the application out of rotation.
 */
@SampleTest
@TestPropertySource(properties = { "modelcache.provider=custom", "management.endpoint.health.show-details=always" })
class HealthTests {

	@Autowired
	private RestTestClient client;

	@Autowired
	private FlakyStore store;

	@Test
	void aDeadStoreIsShownAndTheApplicationIsUp() {
		ask();
		assertDegraded(false);
		this.store.fail(new UncheckedIOException(new ConnectException("refused")));
		ask();
		assertDegraded(true);
	}

	private void ask() {
		this.client.get().uri("/ask?q=anything").exchange().expectStatus().isOk();
	}

	private void assertDegraded(boolean degraded) {
		this.client.get()
			.uri("/actuator/health")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("UP")
			.jsonPath("$.components.modelCache.status")
			.isEqualTo("UP")
			.jsonPath("$.components.modelCache.details.degraded")
			.isEqualTo(degraded)
			.jsonPath("$.components.modelCache.details.custom.reads")
			.isEqualTo(degraded ? "left alone" : "used");
	}

	/**
	 * A store that can be made to fail.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	static class FlakyStoreConfiguration {

		@Bean
		FlakyStore flakyStore() {
			return new FlakyStore(CaffeineCacheStore.ofMaximumWeight(1_000_000));
		}

	}

}
