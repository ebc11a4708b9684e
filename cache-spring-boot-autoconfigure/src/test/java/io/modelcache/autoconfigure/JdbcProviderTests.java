package io.modelcache.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import io.modelcache.CacheStatus;
import io.modelcache.ModelCacheManager;
import io.modelcache.StoredQuestion;
import io.modelcache.store.AbortableStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.CountingEmbeddingModel;
import io.modelcache.testing.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the store in a database, in an application.
 */
@ExtendWith(OutputCaptureExtension.class)
class JdbcProviderTests {

	@TempDir
	Path directory;

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelCacheAutoConfiguration.class))
		.withUserConfiguration(Models.class)
		.withPropertyValues("modelcache.provider=jdbc");

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:h2:file:%s/h2", "jdbc:sqlite:%s/deep/down/cache.db" })
	void anAnswerOutlivesTheApplication(String url) {
		ApplicationContextRunner application = this.context
			.withPropertyValues("modelcache.jdbc.url=" + url.formatted(this.directory));
		application.run((context) -> {
			assertThat(ask(context.getBean(ChatModel.class)).hit()).isFalse();
			assertThat(ask(context.getBean(ChatModel.class)).hit()).isTrue();
			assertThat(context).doesNotHaveBean(DataSource.class);
		});
		application.run((context) -> {
			CacheStatus status = ask(context.getBean(ChatModel.class));
			assertThat(status.hit()).isTrue();
			assertThat(status.layer()).isEqualTo("jdbc");
			assertThat(context.getBean(ModelCacheManager.class).clear("chat")).isEqualTo(1);
			assertThat(ask(context.getBean(ChatModel.class)).hit()).isFalse();
		});
	}

	@Test
	void theOwnDatabaseIsClosedWithTheApplication() {
		Path log = this.directory.resolve("cache.db-wal");
		this.context.withPropertyValues("modelcache.jdbc.url=jdbc:sqlite:%s/cache.db".formatted(this.directory))
			.run((context) -> {
				ask(context.getBean(ChatModel.class));
				assertThat(log).as("the write-ahead log of an open SQLite").exists();
				assertThat(threads()).isEqualTo(1);
			});
		assertThat(log).doesNotExist();
		assertThat(Files.exists(this.directory.resolve("cache.db"))).isTrue();
		assertThat(threads()).isZero();
	}

	@Test
	void theDataSourceOfTheApplicationIsUsed() {
		this.context.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=" + TestDatabase.h2InMemory("").url(),
					"modelcache.jdbc.schema=answers", "modelcache.jdbc.table-prefix=x_")
			.run((context) -> {
				ask(context.getBean(ChatModel.class));
				assertThat(ask(context.getBean(ChatModel.class)).hit()).isTrue();
				assertRows(context.getBean(DataSource.class), "answers.x_entry", 1);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "modelcache.chat.provider=jdbc", "modelcache.models.chat.provider=jdbc" })
	void oneKindOrOneModelAloneCanUseIt(String property) {
		TestDatabase database = TestDatabase.h2InMemory("");
		this.context.withPropertyValues("modelcache.provider=caffeine", property)
			.withPropertyValues(database.properties("modelcache.jdbc"))
			.run((context) -> {
				ask(context.getBean(ChatModel.class));
				context.getBean(EmbeddingModel.class).embed("text");
				try (var pool = database.pool(1)) {
					assertRows(pool, "modelcache_entry", 1);
				}
			});
	}

	@Test
	void anotherProviderDoesNotTouchTheDatabase() {
		TestDatabase database = TestDatabase.h2InMemory("");
		this.context.withClassLoader(new FilteredClassLoader("org.flywaydb", "com.zaxxer.hikari"))
			.withPropertyValues("modelcache.provider=caffeine")
			.withPropertyValues(database.properties("modelcache.jdbc"))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(threads()).isZero();
			});
	}

	@Test
	void aProviderThatBothKindsReplaceNeedsNoDatabase() {
		this.context.withPropertyValues("modelcache.chat.provider=caffeine", "modelcache.embedding.provider=none")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(threads()).isZero();
			});
		this.context.withPropertyValues("modelcache.chat.provider=caffeine")
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void aCallThatHangsCanBeAborted() {
		this.context.withPropertyValues(TestDatabase.h2InMemory("").properties("modelcache.jdbc"))
			.run((context) -> assertThat(context.getBean(JdbcBackend.class).store().capability(AbortableStore.class))
				.isNotNull());
	}

	@Test
	void theOnlyPrimaryDataSourceIsUsedAndAnotherOneIfItIsNamed() {
		ApplicationContextRunner application = this.context.withUserConfiguration(TwoDataSources.class);
		application.run((context) -> {
			ask(context.getBean(ChatModel.class));
			assertThat(tables(context.getBean("first", DataSource.class))).isPositive();
			assertThat(tables(context.getBean("second", DataSource.class))).isZero();
		});
		application.withPropertyValues("modelcache.jdbc.data-source=second").run((context) -> {
			ask(context.getBean(ChatModel.class));
			assertThat(tables(context.getBean("first", DataSource.class))).isZero();
			assertThat(tables(context.getBean("second", DataSource.class))).isPositive();
		});
	}

	@Test
	void aDataSourceThatIsNoDefaultCandidateIsNotGuessed() {
		this.context.withUserConfiguration(OneAside.class).run((context) -> {
			ask(context.getBean(ChatModel.class));
			assertThat(tables(context.getBean("aside", DataSource.class))).isZero();
			assertThat(tables(context.getBean("regular", DataSource.class))).isPositive();
		});
	}

	@Test
	void withoutTheDatabaseTheApplicationStartsAndTheCacheComesLater(CapturedOutput output) {
		this.context.withUserConfiguration(Unreliable.class).run((context) -> {
			assertThat(context).hasNotFailed();
			ChatModel model = context.getBean(ChatModel.class);
			assertThat(ask(model).hit()).isFalse();
			assertThat(output).containsOnlyOnce("The database of the cache is not ready, so nothing is cached");
			context.getBean(Switch.class).up().set(true);
			Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
				ask(model);
				return count(context.getBean(DataSource.class), "modelcache_entry") == 1;
			});
			assertThat(output).contains("The database of the cache is ready");
		});
		assertThat(threads()).isZero();
	}

	@Test
	void withoutItsFolderTheApplicationStartsAndTheCacheComesLater(CapturedOutput output) throws IOException {
		Path inTheWay = Files.createFile(this.directory.resolve("folder"));
		this.context.withPropertyValues("modelcache.jdbc.url=jdbc:sqlite:" + inTheWay.resolve("cache.db"))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				ChatModel model = context.getBean(ChatModel.class);
				assertThat(ask(model).hit()).isFalse();
				assertThat(output).contains("The database of the cache is not ready", "folder cannot be made");
				Files.delete(inTheWay);
				Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> ask(model).hit());
			});
	}

	@Test
	void withoutTablesTheApplicationStartsIfThatIsBorne(CapturedOutput output) {
		this.context
			.withPropertyValues("modelcache.jdbc.url=" + TestDatabase.h2InMemory("").url(),
					"modelcache.jdbc.migration=validate", "modelcache.jdbc.fail-fast=false")
			.run((context) -> {
				assertThat(ask(context.getBean(ChatModel.class)).hit()).isFalse();
				assertThat(output).contains("The database of the cache is not ready");
			});
	}

	@Test
	void tablesThatSomebodyElseMakesNeedNoFlyway() throws SQLException {
		TestDatabase database = TestDatabase.h2InMemory("");
		this.context.withPropertyValues(database.properties("modelcache.jdbc")).run((context) -> {
		});
		try (var pool = database.pool(1); Connection connection = pool.getConnection()) {
			connection.createStatement().execute("DROP TABLE \"modelcache_flyway_history\"");
		}
		for (String migration : new String[] { "validate", "none" }) {
			this.context.withClassLoader(new FilteredClassLoader("org.flywaydb"))
				.withPropertyValues(database.properties("modelcache.jdbc"))
				.withPropertyValues("modelcache.jdbc.migration=" + migration, "modelcache.namespace=" + migration)
				.run((context) -> {
					ask(context.getBean(ChatModel.class));
					assertThat(ask(context.getBean(ChatModel.class)).hit()).isTrue();
				});
		}
	}

	@Test
	void whatHasEndedIsDeletedFromTimeToTime() {
		TestDatabase database = TestDatabase.h2InMemory("");
		this.context.withPropertyValues(database.properties("modelcache.jdbc"))
			.withPropertyValues("modelcache.ttl=1ms", "modelcache.jdbc.purge-interval=20ms")
			.run((context) -> {
				ask(context.getBean(ChatModel.class));
				try (var pool = database.pool(1)) {
					Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> count(pool, "modelcache_entry") == 0);
				}
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:h2:file:%s/cache", "jdbc:sqlite:%s/cache.db" })
	void theTextOfQuestionsIsStoredOnlyIfThatIsAskedFor(String url) throws IOException {
		ApplicationContextRunner application = this.context
			.withPropertyValues("modelcache.jdbc.url=" + url.formatted(this.directory));
		application.run((context) -> {
			context.getBean(ChatModel.class).call(new Prompt("Is the canary yellow?"));
			assertThat(context.getBean(ModelCacheManager.class).search("canary", 10)).isEmpty();
		});
		assertThat(files()).contains("answer 1").doesNotContain("canary");
		application.withPropertyValues("modelcache.jdbc.store-prompts=true", "modelcache.namespace=other")
			.run((context) -> {
				context.getBean(ChatModel.class).call(new Prompt("Is the canary yellow?"));
				ModelCacheManager manager = context.getBean(ModelCacheManager.class);
				Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !manager.search("CANARY", 10).isEmpty());
				StoredQuestion found = manager.search("canary yellow", 10).get(0);
				assertThat(found.text()).isEqualTo("Is the canary yellow?");
				assertThat(found.cache()).isEqualTo("chat");
				assertThat(found).hasToString("StoredQuestion[%s, cache=chat, createdAt=%s]"
					.formatted(found.fingerprint().id(), found.createdAt()));
				manager.evict(found.fingerprint());
				assertThat(manager.search("canary", 10)).isEmpty();
			});
	}

	private String files() throws IOException {
		StringBuilder content = new StringBuilder();
		try (var files = Files.list(this.directory)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				content.append(Files.readString(file, StandardCharsets.ISO_8859_1));
			}
		}
		return content.toString();
	}

	private static CacheStatus ask(ChatModel model) {
		ChatResponse response = model.call(new Prompt("Why?"));
		return CacheStatus.of(response);
	}

	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("modelcache-jdbc"))
			.count();
	}

	private static void assertRows(DataSource dataSource, String table, int count) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> count(dataSource, table) == count);
	}

	private static int tables(DataSource dataSource) throws SQLException {
		return count(dataSource, "INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'");
	}

	private static int count(DataSource dataSource, String from) throws SQLException {
		try (Connection connection = dataSource.getConnection();
				var result = connection.createStatement().executeQuery("SELECT COUNT(*) FROM " + from)) {
			result.next();
			return result.getInt(1);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Models {

		@Bean
		ChatModel chat() {
			return new CountingChatModel();
		}

		@Bean
		EmbeddingModel embedding() {
			return new CountingEmbeddingModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoDataSources {

		@Bean(destroyMethod = "close")
		@Primary
		DataSource first() {
			return TestDatabase.h2InMemory("").pool(2);
		}

		@Bean(destroyMethod = "close")
		DataSource second() {
			return TestDatabase.h2InMemory("").pool(2);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneAside {

		@Bean(destroyMethod = "close", defaultCandidate = false)
		DataSource aside() {
			return TestDatabase.h2InMemory("").pool(2);
		}

		@Bean(destroyMethod = "close")
		DataSource regular() {
			return TestDatabase.h2InMemory("").pool(2);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Unreliable {

		@Bean
		Switch onAndOff() {
			return new Switch(new AtomicBoolean());
		}

		@Bean
		DataSource dataSource(Switch onAndOff) {
			DataSource database = new DriverManagerDataSource(TestDatabase.h2InMemory("").url(), "sa", "");
			return new DelegatingDataSource(database) {

				@Override
				public Connection getConnection() throws SQLException {
					if (!onAndOff.up().get()) {
						throw new SQLTransientConnectionException("nobody there", "08001");
					}
					return super.getConnection();
				}

			};
		}

	}

	/**
	 * Whether the database answers.
	 */
	record Switch(AtomicBoolean up) {

	}

}
