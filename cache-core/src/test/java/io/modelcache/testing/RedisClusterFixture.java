package io.modelcache.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/**
 * A Redis cluster of three servers without replicas on the loopback interface, started
 * before the tests of a class and stopped after them.
 */
public final class RedisClusterFixture implements BeforeAllCallback, AfterAllCallback {

	private static final int NODES = 3;

	private static final int SLOTS = 16384;

	private static final int BUS = 10_000;

	private static final int ATTEMPTS = 3;

	private final List<RedisServerFixture> servers = new ArrayList<>();

	private Path directory;

	@Override
	public void beforeAll(ExtensionContext context) throws IOException {
		this.directory = Files.createTempDirectory("redis-cluster");
		for (int i = 0; i < NODES; i++) {
			startOne(context, this.directory.resolve("nodes-%d.conf".formatted(i)));
		}
		join();
	}

	private void startOne(ExtensionContext context, Path configuration) throws IOException {
		for (int attempt = 1;; attempt++) {
			int port = FreePort.findWith(BUS);
			RedisServerFixture server = RedisServerFixture.any()
				.with("--cluster-enabled", "yes", "--cluster-config-file", configuration.toString(),
						"--cluster-node-timeout", "5000")
				.on(port);
			try {
				server.beforeAll(context);
				this.servers.add(server);
				return;
			}
			catch (IOException ex) {
				if (attempt == ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	private void join() {
		for (int i = 0; i < NODES; i++) {
			int[] slots = IntStream.range(SLOTS * i / NODES, SLOTS * (i + 1) / NODES).toArray();
			onNode(i, (node) -> {
				node.clusterAddSlots(slots);
				ports().forEach((port) -> node.clusterMeet("127.0.0.1", port));
			});
		}
		for (int i = 0; i < NODES; i++) {
			onNode(i,
					(node) -> Awaitility.await()
						.atMost(Duration.ofSeconds(30))
						.pollInterval(Duration.ofMillis(20))
						.until(() -> node.clusterInfo().contains("cluster_state:ok")
								&& node.clusterInfo().contains("cluster_slots_ok:" + SLOTS)));
		}
	}

	private void onNode(int index, Consumer<RedisCommands<String, String>> action) {
		RedisClient client = RedisClient.create("redis://127.0.0.1:" + this.servers.get(index).port());
		try (StatefulRedisConnection<String, String> connection = client.connect()) {
			action.accept(connection.sync());
		}
		finally {
			client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
		}
	}

	@Override
	public void afterAll(ExtensionContext context) throws IOException {
		this.servers.forEach(RedisServerFixture::stop);
		FileSystemUtils.deleteRecursively(this.directory);
	}

	/**
	 * Return the servers.
	 * @return the servers, all of which run
	 */
	public List<RedisServerFixture> servers() {
		return this.servers;
	}

	/**
	 * Return the ports of the servers.
	 * @return the ports on the loopback interface
	 */
	public List<Integer> ports() {
		return this.servers.stream().map(RedisServerFixture::port).toList();
	}

}
