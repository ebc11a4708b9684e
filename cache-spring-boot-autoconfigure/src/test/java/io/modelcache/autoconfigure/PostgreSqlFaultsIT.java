package io.modelcache.autoconfigure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.modelcache.testing.FaultProxy.Fault;
import io.modelcache.testing.Figures;
import io.modelcache.testing.Requirement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The faults of a PostgreSQL server and of the way to it.
 */
@ExtendWith(OutputCaptureExtension.class)
class PostgreSqlFaultsIT extends StoreFaultsContract {

	private static PostgreSQLContainer server;

	private final String schema = "s" + UUID.randomUUID().toString().replace("-", "");

	@BeforeAll
	@SuppressWarnings("resource") // it is stopped below
	static void startServer() {
		Requirement.check(DockerClientFactory.instance().isDockerAvailable(),
				"needs Docker, to freeze and to kill a PostgreSQL server of its own");
		server = new PostgreSQLContainer(
				DockerImageName.parse("pgvector/pgvector:0.8.0-pg17").asCompatibleSubstituteFor("postgres"))
			.withTmpFs(Map.of("/small", "rw,size=24m,mode=0777"));
		server.start();
	}

	@AfterAll
	static void stopServer() {
		if (server != null) {
			server.stop();
		}
	}

	@Override
	String name() {
		return "PostgreSQL";
	}

	@Override
	int serverPort() {
		return port();
	}

	@Override
	AutoConfigurations client() {
		return AutoConfigurations.of(DataSourceAutoConfiguration.class);
	}

	@Override
	String[] properties(int port) {
		execute("CREATE SCHEMA " + this.schema);
		return new String[] { "modelcache.provider=jdbc", "modelcache.jdbc.schema=" + this.schema,
				"spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, server.getDatabaseName()),
				"spring.datasource.username=" + server.getUsername(),
				"spring.datasource.password=" + server.getPassword() };
	}

	@Test
	void aServerThatHangsCostsOneDeadlineAndIsBackWhenItGoesOn() {
		this.context.run((context) -> {
			storeAnAnswer(context);
			server.getDockerClient().pauseContainerCmd(server.getContainerId()).exec();
			try {
				assertCallsGoOn(context, "hangs");
			}
			finally {
				server.getDockerClient().unpauseContainerCmd(server.getContainerId()).exec();
			}
			assertBack(context);
		});
	}

	@ParameterizedTest
	@CsvSource({ "BLACKHOLE, 0", "VANISH, 0", "RESET, 0", "DELAY, 700" })
	void hitsOnAConnectionThatStaysPayOneDeadlineToo(Fault fault, long amount) {
		this.context.run((context) -> {
			storeAnAnswer(context);
			LongestCall reader = new LongestCall(() -> ask(context, "stored"));
			reader.start();
			await().until(() -> reader.calls > 500 && isConnectionThere());
			this.proxy.set(fault, amount);
			await().untilAsserted(() -> assertThat(this.listener.events()).contains("failure:READ"));
			assertCallsAreMisses(context, "behind %s, with a reader".formatted(fault));
			this.proxy.set(Fault.PASS);
			assertBack(context);
			reader.end();
			Figures.say("PostgreSQL behind %s: the longest call of a reader".formatted(fault), reader.longest);
			assertThat(reader.longest).isLessThan(ONE_DEADLINE);
		});
	}

	@Test
	void aServerThatVanishesHoldsTheOnlyTurnForHalfAMinuteAtMost() {
		this.context.withPropertyValues("spring.datasource.hikari.maximum-pool-size=2").run((context) -> {
			storeAnAnswer(context);
			this.proxy.set(Fault.VANISH);
			assertCallsGoOn(context, "vanishes");
			this.proxy.set(Fault.PASS);
			assertBack(context);
		});
	}

	@Test
	void aServerThatIsKilledIsBackWithoutARestartOfTheApplication() {
		this.context.run((context) -> {
			storeAnAnswer(context);
			server.getDockerClient().killContainerCmd(server.getContainerId()).exec();
			assertCallsGoOn(context, "is killed");
			server.getDockerClient().startContainerCmd(server.getContainerId()).exec();
			this.proxy.serverIsNowAt(port());
			assertBack(context);
		});
	}

	@Test
	void aReadOnlyServerAnswersAndItsRefusalsAreCounted() {
		this.context.run((context) -> {
			storeAnAnswer(context);
			execute("ALTER DATABASE %s SET default_transaction_read_only = on".formatted(server.getDatabaseName()));
			try {
				endSessions();
				await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
					ask(context, "something new " + System.nanoTime());
					assertThat(this.listener.events()).contains("failure:WRITE");
					assertThat(ask(context, "stored").hit()).isTrue();
				});
				assertCallsAreMisses(context, "is read-only");
			}
			finally {
				execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
						"ALTER DATABASE %s RESET default_transaction_read_only".formatted(server.getDatabaseName()));
			}
			endSessions();
			assertBack(context);
		});
	}

	@Test
	void aFullDiskRefusesWritesAndReadsGoOn() throws Exception {
		server.execInContainer("sh", "-c",
				"install -d -o postgres -g postgres -m 700 /small/%s".formatted(this.schema));
		this.context.run((context) -> {
			storeAnAnswer(context);
			execute("CREATE TABLESPACE %1$s LOCATION '/small/%1$s'".formatted(this.schema),
					"ALTER TABLE %1$s.modelcache_entry SET TABLESPACE %1$s".formatted(this.schema),
					"CREATE TABLE %1$s.filler (bytes text) TABLESPACE %1$s".formatted(this.schema));
			fill();
			for (int i = 0; i < 5; i++) {
				ask(context, "long " + "question ".repeat(1000) + i);
			}
			await().untilAsserted(() -> {
				ask(context, "more " + System.nanoTime());
				assertThat(this.listener.events()).contains("failure:WRITE");
			});
			assertThat(ask(context, "stored").hit()).isTrue();
			assertCallsAreMisses(context, "is full");
			execute("DROP TABLE %s.filler".formatted(this.schema));
			assertBack(context);
		});
	}

	@Test
	void aTableThatIsDroppedIsCountedAndCallsGoOn(CapturedOutput output) {
		this.context.run((context) -> {
			storeAnAnswer(context);
			execute("DROP TABLE %s.modelcache_entry CASCADE".formatted(this.schema));
			assertCallsGoOn(context, "has lost the table");
			assertThat(output.toString().lines().filter((line) -> line.contains("Store 'jdbc' fails: reads")))
				.singleElement()
				.asString()
				.contains("WARN", "has no table", "Run what follows and start the application again");
			assertThat(context.getBean(CacheHealth.class).stores()).singleElement()
				.satisfies((store) -> assertThat(store.reads()).isFalse());
		});
		String[] statements = Pattern.compile("DROP TABLE [^;]*;")
			.matcher(output.toString())
			.results()
			.map(MatchResult::group)
			.distinct()
			.toArray(String[]::new);
		assertThat(statements).hasSize(3);
		execute(statements);
		this.context.run((context) -> {
			storeAnAnswer(context);
			assertThat(ask(context, "stored").hit()).isTrue();
		});
	}

	private void fill() {
		try {
			for (int i = 0; i < 100; i++) {
				execute("INSERT INTO %s.filler SELECT repeat(md5(random()::text), 50) FROM generate_series(1, 1000)"
					.formatted(this.schema));
			}
		}
		catch (IllegalStateException ex) {
			execute("INSERT INTO %s.filler SELECT 'x' WHERE false".formatted(this.schema));
			return;
		}
		throw new IllegalStateException("The disk is larger than expected");
	}

	/**
	 * Return the port of the server, which is another one after it was killed.
	 */
	private static int port() {
		String port = server.getDockerClient()
			.inspectContainerCmd(server.getContainerId())
			.exec()
			.getNetworkSettings()
			.getPorts()
			.getBindings()
			.entrySet()
			.iterator()
			.next()
			.getValue()[0].getHostPortSpec();
		return Integer.parseInt(port);
	}

	private static boolean isConnectionThere() {
		return Thread.getAllStackTraces().keySet().stream().anyMatch((thread) -> thread.getName().endsWith("-linger"));
	}

	private static void endSessions() {
		execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
				+ "AND datname = current_database()");
	}

	private static void execute(String... statements) {
		String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), server.getDatabaseName());
		try (Connection connection = DriverManager.getConnection(url, server.getUsername(), server.getPassword());
				Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Calls again and again, and remembers how long the longest call took.
	 */
	private static final class LongestCall extends Thread {

		private final Runnable call;

		private volatile boolean ended;

		private volatile int calls;

		private volatile Duration longest = Duration.ZERO;

		LongestCall(Runnable call) {
			this.call = call;
		}

		@Override
		public void run() {
			while (!this.ended) {
				long start = System.nanoTime();
				this.call.run();
				Duration took = Duration.ofNanos(System.nanoTime() - start);
				this.longest = (took.compareTo(this.longest) > 0) ? took : this.longest;
				this.calls++;
			}
		}

		void end() throws InterruptedException {
			this.ended = true;
			join();
		}

	}

}
