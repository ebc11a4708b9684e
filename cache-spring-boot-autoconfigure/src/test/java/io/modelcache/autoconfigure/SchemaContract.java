package io.modelcache.autoconfigure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.modelcache.CacheStatus;
import io.modelcache.autoconfigure.schema.SchemaException;
import io.modelcache.store.jdbc.JdbcTables;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that our tables are made beside those of the application, whoever makes these,
 * and that nothing of theirs is touched.
 */
abstract class SchemaContract {

	private static final String FLYWAY = "spring.flyway.locations=classpath:db/application";

	private static final String LATER_FLYWAY = "spring.flyway.locations=classpath:db/later";

	private static final String LIQUIBASE = "spring.liquibase.change-log=classpath:changelog.yaml";

	static final String NO_LIQUIBASE = "spring.liquibase.enabled=false";

	static final String NO_FLYWAY = "spring.flyway.enabled=false";

	static final String CACHE = "modelcache.provider=jdbc";

	private static final String NO_CACHE = "modelcache.enabled=false";

	private TestDatabase database;

	private HikariDataSource pool;

	abstract TestDatabase createDatabase() throws Exception;

	@BeforeEach
	void open() throws Exception {
		this.database = createDatabase();
		this.pool = this.database.pool(2);
	}

	@AfterEach
	void close() {
		if (this.pool != null) {
			this.pool.close();
		}
	}

	@Test
	void besideTheFlywayOfANewApplication() throws SQLException {
		start(FLYWAY, NO_LIQUIBASE, CACHE);
		assertThat(tables()).containsExactlyInAnyOrder("thing", "flyway_schema_history", "modelcache_entry",
				"modelcache_tag", "modelcache_flyway_history");
		assertThat(dump("flyway_schema_history")).filteredOn(SchemaContract::isScript).hasSize(1);
		List<String> before = dump("flyway_schema_history", "thing");
		start(FLYWAY, NO_LIQUIBASE, CACHE);
		assertThat(dump("flyway_schema_history", "thing")).isEqualTo(before);
	}

	@Test
	void besideTheFlywayOfAnApplicationThatGrows() throws SQLException {
		start(FLYWAY, NO_LIQUIBASE, NO_CACHE);
		List<String> before = dump("flyway_schema_history", "thing");
		start(FLYWAY, NO_LIQUIBASE, CACHE);
		assertThat(dump("flyway_schema_history", "thing")).isEqualTo(before);
		start(LATER_FLYWAY, NO_LIQUIBASE, CACHE);
		assertThat(dump("flyway_schema_history")).filteredOn(SchemaContract::isScript).hasSize(2);
		assertThat(dump("thing")).hasSize(1);
	}

	@Test
	void besideTheFlywayOfAnApplicationWhoseBeansAreLazy() throws SQLException {
		start(FLYWAY, NO_LIQUIBASE, CACHE, "spring.main.lazy-initialization=true");
		assertThat(tables()).contains("thing", "modelcache_entry");
		assertThat(dump("flyway_schema_history")).filteredOn(SchemaContract::isScript).hasSize(1);
	}

	@Test
	void besideLiquibase() throws SQLException {
		start(LIQUIBASE, NO_FLYWAY, CACHE);
		assertThat(tables()).containsExactlyInAnyOrder("thing", "databasechangelog", "databasechangeloglock",
				"modelcache_entry", "modelcache_tag", "modelcache_flyway_history");
		List<String> before = dump("DATABASECHANGELOG", "DATABASECHANGELOGLOCK", "thing");
		start(LIQUIBASE, NO_FLYWAY, CACHE);
		assertThat(dump("DATABASECHANGELOG", "DATABASECHANGELOGLOCK", "thing")).isEqualTo(before);
	}

	@Test
	void besideTablesThatNobodyManages() throws SQLException {
		execute("CREATE TABLE thing (id INT)", "INSERT INTO thing VALUES (1)");
		start(NO_FLYWAY, NO_LIQUIBASE, CACHE);
		start(NO_FLYWAY, NO_LIQUIBASE, CACHE);
		assertThat(tables()).containsExactlyInAnyOrder("thing", "modelcache_entry", "modelcache_tag",
				"modelcache_flyway_history");
		assertThat(dump("thing")).hasSize(1);
	}

	@Test
	void inAnEmptyDatabase() throws SQLException {
		start(NO_FLYWAY, NO_LIQUIBASE, CACHE);
		assertThat(tables()).containsExactlyInAnyOrder("modelcache_entry", "modelcache_tag",
				"modelcache_flyway_history");
	}

	@Test
	void underAPrefix() throws SQLException {
		start(FLYWAY, NO_LIQUIBASE, CACHE, "modelcache.jdbc.table-prefix=a1_");
		assertThat(tables()).containsExactlyInAnyOrder("thing", "flyway_schema_history", "a1_entry", "a1_tag",
				"a1_flyway_history");
	}

	@Test
	void tablesThatAreGoneComeBackWhenWhatTheFailureSaysIsDone() throws SQLException {
		start(NO_FLYWAY, NO_LIQUIBASE, CACHE);
		execute("DROP TABLE modelcache_tag", "DROP TABLE modelcache_entry");
		application(NO_FLYWAY, NO_LIQUIBASE, CACHE)
			.run((context) -> assertThat(context).getFailure().isInstanceOf(SchemaException.class));
		execute(JdbcTables.in(this.pool, null, "modelcache_").dropStatements().split(";"));
		assertThat(tables()).isEmpty();
		start(NO_FLYWAY, NO_LIQUIBASE, CACHE);
	}

	final void start(String... properties) {
		application(properties).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeansOfType(Flyway.class)).hasSize(List.of(properties).contains(NO_FLYWAY) ? 0 : 1);
			assertThat(context.getBeansOfType(DataSource.class)).hasSize(1);
			if (List.of(properties).contains(CACHE)) {
				ChatModel model = context.getBean(ChatModel.class);
				model.call(new Prompt("Why?"));
				assertThat(CacheStatus.of(model.call(new Prompt("Why?"))).hit()).isTrue();
			}
		});
	}

	private ApplicationContextRunner application(String... properties) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class,
					LiquibaseAutoConfiguration.class, ModelCacheAutoConfiguration.class))
			.withUserConfiguration(OneModel.class)
			.withPropertyValues(this.database.properties("spring.datasource"))
			.withPropertyValues(properties);
	}

	final void execute(String... statements) throws SQLException {
		try (Connection connection = this.pool.getConnection(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	private Set<String> tables() throws SQLException {
		Set<String> names = new LinkedHashSet<>();
		try (Connection connection = this.pool.getConnection();
				ResultSet tables = connection.getMetaData()
					.getTables(connection.getCatalog(), connection.getSchema(), "%",
							new String[] { "TABLE", "BASE TABLE" })) {
			while (tables.next()) {
				String name = tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
				if (!name.startsWith("sqlite_")) {
					names.add(name);
				}
			}
		}
		return names;
	}

	/**
	 * Return every row of some tables.
	 */
	private List<String> dump(String... tables) throws SQLException {
		List<String> rows = new ArrayList<>();
		Set<String> quoted = Set.of("flyway_schema_history");
		try (Connection connection = this.pool.getConnection(); Statement statement = connection.createStatement()) {
			String quote = connection.getMetaData().getIdentifierQuoteString();
			for (String table : tables) {
				String name = quoted.contains(table) ? quote + table + quote : table;
				try (ResultSet result = statement.executeQuery("SELECT * FROM " + name)) {
					while (result.next()) {
						rows.add(table + row(result));
					}
				}
			}
		}
		return rows;
	}

	private static boolean isScript(String row) {
		return row.contains(".sql");
	}

	private static String row(ResultSet result) throws SQLException {
		ResultSetMetaData columns = result.getMetaData();
		Stream.Builder<String> values = Stream.builder();
		for (int i = 1; i <= columns.getColumnCount(); i++) {
			values.add(columns.getColumnName(i) + "=" + result.getString(i));
		}
		return values.build().toList().toString();
	}

	@Configuration(proxyBeanMethods = false)
	static class OneModel {

		@Bean
		ChatModel model() {
			return new CountingChatModel();
		}

	}

}
