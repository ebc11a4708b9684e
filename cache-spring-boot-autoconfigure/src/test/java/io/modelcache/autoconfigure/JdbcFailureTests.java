package io.modelcache.autoconfigure;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Map;

import javax.sql.DataSource;

import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.TestDatabase;
import org.h2.Driver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an application whose database cannot be used says what to type.
 */
@ExtendWith(OutputCaptureExtension.class)
class JdbcFailureTests {

	private static final String PROVIDER = "modelcache.provider=jdbc";

	private static final String H2 = "modelcache.jdbc.url=jdbc:h2:mem:failures";

	@TempDir
	Path directory;

	private final Application application = Application.of(OneModel.class);

	@Test
	void noDataSource(CapturedOutput output) {
		this.application.fail("modelcache.models.model.provider=jdbc");
		assertFailure(output,
				"The property modelcache.models.model.provider is set to jdbc, but there is no bean of type DataSource.",
				"<artifactId>spring-boot-starter-jdbc</artifactId>",
				"modelcache.jdbc.url=jdbc:h2:file:./data/modelcache");
	}

	@Test
	void severalDataSources(CapturedOutput output) {
		Application.of(OneModel.class, TwoDataSources.class).fail("modelcache.chat.provider=jdbc");
		assertFailure(output,
				"The property modelcache.chat.provider is set to jdbc, but there are several beans of type DataSource, one, two, and none of them is primary.",
				"Set modelcache.jdbc.data-source to the one to use.");
	}

	@Test
	void aDataSourceThatDoesNotExist(CapturedOutput output) {
		Application.of(OneModel.class, TwoDataSources.class).fail(PROVIDER, "modelcache.jdbc.data-source=three");
		assertFailure(output,
				"modelcache.jdbc.data-source names 'three', and there is no bean of type DataSource of that name.",
				"Set modelcache.jdbc.data-source to one of one, two.");
	}

	@ParameterizedTest
	@ValueSource(classes = { Routing.class, RoutingBehindAnother.class })
	void aDataSourceThatRoutes(Class<?> routing, CapturedOutput output) {
		Application.of(OneModel.class, routing).fail(PROVIDER);
		assertFailure(output,
				"The property modelcache.provider is set to jdbc, but the DataSource 'routing' is an AbstractRoutingDataSource, which chooses a database by the thread that asks.",
				"Set modelcache.jdbc.data-source to the bean of one of the databases, or give the cache one of its own with modelcache.jdbc.url.");
	}

	@Test
	void aDataSourceThatIsRoutedTo() {
		Application.of(OneModel.class, Routing.class).start(PROVIDER, "modelcache.jdbc.data-source=target").close();
	}

	@Test
	void noFlyway(CapturedOutput output) {
		this.application.with(new FilteredClassLoader("org.flywaydb")).fail(PROVIDER, H2);
		assertFailure(output, "Flyway, which makes its tables, is not on the class path.",
				"<groupId>org.flywaydb</groupId>", "<artifactId>flyway-core</artifactId>",
				"PostgreSQL also needs flyway-database-postgresql, MariaDB and MySQL need flyway-mysql.",
				"modelcache.jdbc.migration=validate");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			jdbc:h2:mem:x,                      org.h2,           com.h2database,   h2
			jdbc:sqlite:x.db,                   org.sqlite,       org.xerial,       sqlite-jdbc
			jdbc:postgresql://127.0.0.1:1/x,    org.postgresql,   org.postgresql,   postgresql
			jdbc:mariadb://127.0.0.1:1/x,       org.mariadb.jdbc, org.mariadb.jdbc, mariadb-java-client
			jdbc:mysql://127.0.0.1:1/x,         com.mysql,        com.mysql,        mysql-connector-j
			""")
	void noDriver(String url, String missing, String groupId, String artifactId, CapturedOutput output) {
		this.application.with(new FilteredClassLoader(missing)).fail(PROVIDER, "modelcache.jdbc.url=" + url);
		assertFailure(output, "the driver of the database in modelcache.jdbc.url is not on the class path.",
				"<groupId>%s</groupId>".formatted(groupId), "<artifactId>%s</artifactId>".formatted(artifactId));
	}

	@Test
	void noPool(CapturedOutput output) {
		this.application.with(new FilteredClassLoader("com.zaxxer.hikari")).fail(PROVIDER, H2);
		assertFailure(output, "HikariCP, which keeps its connections, is not on the class path.",
				"<groupId>com.zaxxer</groupId>", "<artifactId>HikariCP</artifactId>");
	}

	@Test
	void aUrlOfAnotherDatabase(CapturedOutput output) {
		this.application.fail(PROVIDER, "modelcache.jdbc.url=jdbc:oracle:thin:@secret");
		assertFailure(output,
				"modelcache.jdbc.url names a database that is none of H2, SQLite, PostgreSQL, MariaDB and MySQL.",
				"Write a URL such as jdbc:h2:file:./data/modelcache");
		assertThat(output).doesNotContain("secret");
	}

	@Test
	void aUrlThatIsNone(CapturedOutput output) {
		this.application.fail(PROVIDER, "modelcache.jdbc.url=h2:secret");
		assertFailure(output, "modelcache.jdbc.url names a database that is none of");
		assertThat(output).doesNotContain("secret");
	}

	@Test
	void aUrlAndADataSource(CapturedOutput output) {
		this.application.fail(PROVIDER, H2, "modelcache.jdbc.data-source=one");
		assertFailure(output, "modelcache.jdbc.url is set too, and there can be one database only: remove one");
	}

	@Test
	void anIntervalThatIsNone(CapturedOutput output) {
		this.application.fail(PROVIDER, H2, "modelcache.jdbc.purge-interval=0s");
		assertFailure(output, "An interval must be positive, such as 10m.");
	}

	@Test
	void anotherDatabaseProduct(CapturedOutput output) {
		Application.of(OneModel.class, Unknown.class).fail(PROVIDER);
		assertFailure(output,
				"The database is 'Paradox', and answers can be kept in H2, SQLite, PostgreSQL, MariaDB, MySQL only.",
				"modelcache.jdbc.fail-fast=false");
	}

	@Test
	void aSchemaInSqlite(CapturedOutput output) {
		this.application.fail(PROVIDER, "modelcache.jdbc.schema=answers",
				"modelcache.jdbc.url=jdbc:sqlite:" + this.directory.resolve("x.db"));
		assertFailure(output, "SQLite has no schemas, so the schema 'answers' cannot be used.");
	}

	@Test
	void tablesThatSomebodyElseShouldHaveMade(CapturedOutput output) {
		this.application.fail(PROVIDER, H2, "modelcache.jdbc.migration=validate", "modelcache.jdbc.table-prefix=mine_");
		assertFailure(output, "modelcache.jdbc.migration is set to validate, but the tables of the cache are not there",
				"io/modelcache/store/jdbc/h2, which is also in docs/jdbc.md, with mine_ where it says ${prefix}",
				"modelcache.jdbc.fail-fast=false");
	}

	@Test
	void tablesThatFlywayHasMadeAndThatAreGone(CapturedOutput output) throws SQLException {
		TestDatabase database = TestDatabase.h2InMemory("");
		String[] arguments = { PROVIDER, "modelcache.jdbc.url=" + database.url(), "modelcache.jdbc.schema=answers",
				"modelcache.jdbc.username=sa", "modelcache.jdbc.table-prefix=mine_" };
		this.application.start(arguments).close();
		try (var pool = database.pool(1); Connection connection = pool.getConnection()) {
			connection.createStatement().execute("DROP TABLE answers.mine_tag");
		}
		this.application.fail(arguments);
		assertFailure(output,
				"Flyway has made the tables of the cache in H2, but they are no longer as they should be: Table",
				"DROP TABLE IF EXISTS \"ANSWERS\".mine_tag;", "DROP TABLE IF EXISTS \"ANSWERS\".mine_entry;",
				"DROP TABLE IF EXISTS \"ANSWERS\".\"mine_flyway_history\";", "Run these statements, then start again.");
	}

	@Test
	void aPasswordThatIsWrong(CapturedOutput output) {
		TestDatabase database = TestDatabase.h2InMemory("");
		try (var pool = database.pool(1)) {
			this.application.fail(PROVIDER, "modelcache.jdbc.url=" + database.url(), "modelcache.jdbc.username=sa",
					"modelcache.jdbc.password=canary");
		}
		assertFailure(output, "The database of the cache refuses the connection: Wrong user name or password",
				"modelcache.jdbc.username and .password");
		assertThat(output).doesNotContain("canary");
	}

	private static void assertFailure(CapturedOutput output, String... parts) {
		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START");
		assertThat(output.toString().substring(output.toString().indexOf("APPLICATION FAILED TO START")))
			.contains("Description:", "Action:")
			.contains(parts)
			.doesNotContain("\tat ");
	}

	@Configuration(proxyBeanMethods = false)
	static class OneModel {

		@Bean
		ChatModel model() {
			return new CountingChatModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoDataSources {

		@Bean(destroyMethod = "close")
		DataSource one() {
			return TestDatabase.h2InMemory("").pool(1);
		}

		@Bean(destroyMethod = "close")
		DataSource two() {
			return TestDatabase.h2InMemory("").pool(1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Routing {

		@Bean(destroyMethod = "close")
		DataSource target() {
			return TestDatabase.h2InMemory("").pool(2);
		}

		@Bean
		@Primary
		DataSource routing(@Qualifier("target") DataSource target) {
			return router(target);
		}

		static DataSource router(DataSource target) {
			AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

				@Override
				protected @Nullable Object determineCurrentLookupKey() {
					return null;
				}

			};
			routing.setTargetDataSources(Map.of());
			routing.setDefaultTargetDataSource(target);
			routing.afterPropertiesSet();
			return routing;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RoutingBehindAnother {

		@Bean
		DataSource routing() {
			return new LazyConnectionDataSourceProxy(
					Routing.router(new SimpleDriverDataSource(new Driver(), TestDatabase.h2InMemory("").url())));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Unknown {

		@Bean
		DataSource dataSource() {
			DatabaseMetaData metaData = proxy(DatabaseMetaData.class, "Paradox");
			Connection connection = proxy(Connection.class, metaData);
			return proxy(DataSource.class, connection);
		}

		private static <T> T proxy(Class<T> type, Object answer) {
			return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
					(proxy, method, arguments) -> method.getReturnType().isInstance(answer) ? answer : null));
		}

	}

}
