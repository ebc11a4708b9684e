package io.modelcache.store.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.ScanPage;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.TestEntry;
import io.modelcache.testing.ChildProcess;
import io.modelcache.testing.RedisServerFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills writers again and again; whatever they have left is whole and found by its tag.
 */
@Tag("slow")
class KilledWriterIT {

	private static final int KILLS = 50;

	@RegisterExtension
	static final RedisServerFixture server = RedisServerFixture.any();

	@Test
	void everyEntryIsWholeAfterFiftyKills() throws IOException {
		for (int kill = 0; kill < KILLS; kill++) {
			Process writer = ChildProcess.start(Writer.class, String.valueOf(server.port()), String.valueOf(kill));
			try (BufferedReader output = writer.inputReader()) {
				for (int lines = 0; lines <= kill % 7; lines++) {
					assertThat(output.readLine()).isEqualTo("wrote");
				}
			}
			finally {
				writer.destroyForcibly();
			}
		}
		LettuceConnectionFactory connectionFactory = new LettuceConnectionFactory("127.0.0.1", server.port());
		connectionFactory.afterPropertiesSet();
		try (RedisCacheStore store = RedisCacheStore.builder(connectionFactory).build()) {
			List<StoredEntry> all = scan(store, Selector.all());
			assertThat(all).hasSizeGreaterThan(KILLS);
			all.forEach((entry) -> assertThat(entry.payload()).isEqualTo(payload(entry.fingerprint())));
			Set<Fingerprint> tagged = new HashSet<>();
			scan(store, Selector.all().withTag("t")).forEach((entry) -> tagged.add(entry.fingerprint()));
			assertThat(tagged).hasSameSizeAs(new HashSet<>(all));
		}
		finally {
			connectionFactory.destroy();
		}
	}

	private static List<StoredEntry> scan(RedisCacheStore store, Selector selector) {
		List<StoredEntry> found = new ArrayList<>();
		String cursor = null;
		do {
			ScanPage page = store.scan(selector, cursor, 500);
			found.addAll(page.entries());
			cursor = page.next();
		}
		while (cursor != null);
		return found;
	}

	private static byte[] payload(Fingerprint fingerprint) {
		ByteBuffer buffer = ByteBuffer.allocate(1000 * Fingerprint.BYTES);
		while (buffer.hasRemaining()) {
			fingerprint.write(buffer);
		}
		return buffer.array();
	}

	/**
	 * Writes until it is killed.
	 */
	static final class Writer {

		private Writer() {
		}

		public static void main(String[] arguments) {
			LettuceConnectionFactory connectionFactory = new LettuceConnectionFactory("127.0.0.1",
					Integer.parseInt(arguments[0]));
			connectionFactory.afterPropertiesSet();
			RedisCacheStore store = RedisCacheStore.builder(connectionFactory).timeout(Duration.ofMinutes(1)).build();
			for (int i = 0;; i++) {
				List<StoredEntry> entries = new ArrayList<>();
				for (int j = 0; j < 20; j++) {
					Fingerprint fingerprint = TestEntry.fingerprint(arguments[1] + " " + i % 20 + " " + j);
					entries.add(TestEntry.of("x", Instant.now())
						.fingerprint(fingerprint)
						.payload(payload(fingerprint))
						.tags("t")
						.build());
				}
				store.putAll(entries);
				System.out.println("wrote");
			}
		}

	}

}
