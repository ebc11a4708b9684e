package io.modelcache.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link RedisServerFixture}.
 */
class RedisServerFixtureIT {

	@ParameterizedTest
	@EnumSource
	void theServerStartsAnswersAndStops(Origin origin) throws IOException {
		RedisServerFixture server = origin.create();
		server.beforeAll(null);
		try {
			assertThat(server.isRunning()).isTrue();
			assertThat(versionOf(server)).startsWith((origin == Origin.EMBEDDED) ? "6.2" : "");
		}
		finally {
			server.afterAll(null);
		}
		assertThat(server.isRunning()).isFalse();
		assertThatIOException().isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), server.port()).close());
	}

	@Test
	void twoServersRunBesideEachOther() throws IOException {
		RedisServerFixture first = RedisServerFixture.any();
		RedisServerFixture second = RedisServerFixture.any();
		try {
			first.beforeAll(null);
			second.beforeAll(null);
			assertThat(first.port()).isNotEqualTo(second.port());
			assertThat(versionOf(first)).isEqualTo(versionOf(second));
		}
		finally {
			first.stop();
			second.stop();
		}
	}

	private static String versionOf(RedisServerFixture server) {
		RedisClient client = RedisClient.create("redis://127.0.0.1:" + server.port());
		try (StatefulRedisConnection<String, String> connection = client.connect()) {
			return connection.sync()
				.info("server")
				.lines()
				.filter((line) -> line.startsWith("redis_version:"))
				.map((line) -> line.substring("redis_version:".length()))
				.findFirst()
				.orElseThrow();
		}
		finally {
			client.shutdown();
		}
	}

	/**
	 * Where the server comes from.
	 */
	enum Origin {

		INSTALLED {

			@Override
			RedisServerFixture create() {
				return RedisServerFixture.installed();
			}

		},

		EMBEDDED {

			@Override
			RedisServerFixture create() {
				return RedisServerFixture.embedded();
			}

		};

		abstract RedisServerFixture create();

	}

}
