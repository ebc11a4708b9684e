package io.modelcache.store.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.CacheStore;
import io.modelcache.store.CacheStoreContract;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.TestEntry;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.RecordingListener;
import io.modelcache.testing.TestClock;
import io.modelcache.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every store and {@link JdbcCacheStore} in particular does, on one database.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class JdbcStoreContract extends CacheStoreContract {

	private final List<Damage> damages = List.of(new Damage("tags", 127), new Damage("tags", 0, 5, 'a'),
			new Damage("tags", 255, 255), new Damage("scope", 1));

	Path directory;

	private @Nullable TestDatabase database;

	private @Nullable HikariDataSource dataSource;

	private @Nullable JdbcTables tables;

	abstract TestDatabase createDatabase() throws Exception;

	@Nullable String schema() {
		return null;
	}

	String prefix() {
		return JdbcTables.DEFAULT_PREFIX;
	}

	@Override
	protected CacheStore createStore() throws Exception {
		if (this.dataSource == null) {
			this.database = createDatabase();
			this.dataSource = this.database.pool(10);
			this.tables = TestTables.create(this.dataSource, schema(), prefix());
		}
		execute("DELETE FROM " + this.tables.entry());
		return JdbcCacheStore.builder(this.dataSource, this.tables).build();
	}

	/**
	 * A parameter here, unlike a field, is one for all tests.
	 */
	@BeforeAll
	void rememberDirectory(@TempDir Path directory) {
		this.directory = directory;
	}

	@AfterAll
	void closePool() {
		if (this.dataSource != null) {
			this.dataSource.close();
		}
	}

	@Test
	void theTablesAreSeenToBeThere() throws SQLException {
		this.tables.verify(this.dataSource);
	}

	@Test
	void anotherInstanceGetsTheTimesInTermsOfItsOwnClock() {
		TestClock farAway = new TestClock();
		CacheStore other = store(farAway);
		TestEntry written = entry("a").times(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(20));
		put(written.build());
		StoredEntry read = other.get(written.build().fingerprint());
		assertThat(Duration.between(read.createdAt(), farAway.instant()))
			.isBetween(Duration.ofMinutes(5).minusMillis(20), Duration.ofMinutes(5).plus(TOLERANCE));
		assertThat(Duration.between(read.createdAt(), read.freshUntil())).isEqualTo(Duration.ofMinutes(10));
		assertThat(Duration.between(read.createdAt(), read.keepUntil())).isEqualTo(Duration.ofMinutes(20));
		assertThat(other.evict(Selector.all().withCreatedBefore(farAway.instant().minus(Duration.ofMinutes(6)))))
			.isZero();
		assertThat(other.evict(Selector.all().withCreatedBefore(farAway.instant().minus(Duration.ofMinutes(4)))))
			.isEqualTo(1);
	}

	@Test
	void theZoneOfASessionDoesNotMatter() throws SQLException {
		StoredEntry entry = entry("a").times(Duration.ZERO, Duration.ofMinutes(10), Duration.ofMinutes(20)).build();
		for (String zone : List.of("+01:00", "-05:00", "+00:00")) {
			try (SingleConnection single = new SingleConnection(this.dataSource.getConnection())) {
				setZone(single.connection(), zone);
				long now = now(single.connection());
				assertThat(Instant.ofEpochMilli(now)).isBetween(Instant.now().minus(TOLERANCE),
						Instant.now().plus(TOLERANCE));
				JdbcCacheStore.builder(single, this.tables).build().putAll(List.of(entry));
				setZone(single.connection(), "+00:00");
			}
			assertThere(entry);
		}
	}

	private void setZone(Connection connection, String zone) throws SQLException {
		String sql = switch (this.tables.dialect()) {
			case H2 -> "SET TIME ZONE '%s'".formatted(zone);
			case POSTGRESQL -> "SET TIME ZONE INTERVAL '%s' HOUR TO MINUTE".formatted(zone);
			case MARIADB, MYSQL -> "SET time_zone = '%s'".formatted(zone);
			case SQLITE -> "SELECT 'in UTC'";
		};
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private long now(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				var result = statement.executeQuery("SELECT " + this.tables.dialect().now())) {
			result.next();
			return result.getLong(1);
		}
	}

	@Test
	void whatHasEndedIsPurgedAndNothingElse() throws SQLException {
		StoredEntry endless = entry("endless").times(Duration.ZERO, null, null).tags("t").build();
		StoredEntry stale = entry("stale").times(Duration.ofHours(2), Duration.ofHours(1), Duration.ofHours(9)).build();
		StoredEntry ended = entry("ended").times(Duration.ofHours(2), Duration.ofHours(1), Duration.ofHours(1))
			.tags("t")
			.build();
		put(endless, stale, ended);
		assertThat(count(this.tables.entry())).isEqualTo(3);
		assertThat(jdbc().purge()).isEqualTo(1);
		assertThat(jdbc().purge()).isZero();
		assertThat(count(this.tables.entry())).isEqualTo(2);
		assertThat(count(this.tables.tag())).isEqualTo(1);
		assertThere(endless, stale);
	}

	@Test
	void readersDoNotWaitForAPurge() throws Exception {
		StoredEntry live = entry("live").build();
		StoredEntry ended = entry("ended").times(Duration.ofHours(2), Duration.ofHours(1), Duration.ofHours(1)).build();
		put(live, ended);
		ExecutorService reader = Executors.newSingleThreadExecutor();
		try (OpenTransaction transaction = new OpenTransaction(this.dataSource.getConnection())) {
			assertThat(JdbcCacheStore.builder(transaction, this.tables).build().purge()).isEqualTo(1);
			Future<Map<Fingerprint, StoredEntry>> read = reader
				.submit(() -> store().getAll(fingerprints(List.of(live, ended))));
			assertThat(read.get(30, TimeUnit.SECONDS)).containsOnlyKeys(live.fingerprint());
			assertThat(reader.submit(() -> count(this.tables.entry())).get(30, TimeUnit.SECONDS))
				.as("rows, as the purge has not been committed")
				.isEqualTo(2);
		}
		finally {
			reader.shutdownNow();
			assertThat(reader.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void evictionRemovesWhatHasEndedToo() throws SQLException {
		put(entry("ended").times(Duration.ofHours(2), Duration.ofHours(1), Duration.ofHours(1)).tags("t").build());
		assertThat(store().evict(Selector.all().withTag("t"))).isZero();
		assertThat(count(this.tables.entry())).isZero();
		assertThat(count(this.tables.tag())).isZero();
	}

	@Test
	void aDamagedRowBelongsToNobodyAndIsInNobodysWay() throws SQLException {
		for (Damage damage : damages) {
			StoredEntry whole = entry("whole").build();
			StoredEntry damaged = entry("damaged").tags("t").build();
			put(whole, damaged);
			damage.to(damaged.fingerprint());
			Map<Fingerprint, StoredEntry> read = store().getAll(fingerprints(List.of(whole, damaged)));
			assertThat(read).as("with %s", damage).containsKeys(whole.fingerprint(), damaged.fingerprint());
			assertThat(read.get(damaged.fingerprint()).scope()).isNotEqualTo(damaged.scope());
			assertThat(store().get(damaged.fingerprint()).scope()).isNotEqualTo(damaged.scope());
			assertThat(store().scan(Selector.all(), null, 10).entries()).extracting(StoredEntry::fingerprint)
				.containsExactlyInAnyOrder(whole.fingerprint(), damaged.fingerprint());
			assertThat(store().evict(Selector.all())).isEqualTo(2);
		}
	}

	@Test
	void anAnswerInADamagedRowIsAMissThatIsCountedAndIsReplaced() throws SQLException {
		for (Damage damage : damages) {
			RecordingListener listener = new RecordingListener();
			ChatModel model = CachingChatModel.builder(new CountingChatModel())
				.store(store())
				.listener(listener)
				.build();
			assertThat(model.call("hello")).isEqualTo("answer 1");
			damage.to(store().scan(Selector.all(), null, 1).entries().get(0).fingerprint());
			assertThat(model.call("hello")).as("with %s", damage).isEqualTo("answer 2");
			assertThat(listener.events()).contains("failure:DECODE");
			assertThat(model.call("hello")).isEqualTo("answer 2");
			assertThat(store().evict(Selector.all())).isEqualTo(1);
		}
	}

	@Test
	void entriesOfTheLargestSizeComeBackInOneRead() {
		StoredEntry[] entries = new StoredEntry[5];
		for (int i = 0; i < entries.length; i++) {
			byte[] payload = new byte[3 * 1024 * 1024];
			payload[payload.length - 1] = (byte) i;
			entries[i] = entry("large " + i).payload(payload).build();
		}
		put(entries);
		assertThere(entries);
		assertThat(store().getAll(fingerprints(List.of(entries)))).hasSize(entries.length);
	}

	@Test
	void questionsAreFoundByTheirWords() {
		StoredEntry older = entry("older").times(Duration.ofMinutes(1), null, null)
			.question("What is the price of an apple?")
			.build();
		StoredEntry younger = entry("younger").question("Is the APPLE price 100% fixed?").build();
		put(older, younger, entry("other").question("What is a pear?").build(), entry("none").build(),
				entry("ended").times(Duration.ofHours(2), Duration.ofHours(1), Duration.ofHours(1))
					.question("The price of an apple")
					.build());
		assertThat(jdbc().search(" apple  Price ", 10)).extracting(StoredEntry::fingerprint)
			.containsExactly(younger.fingerprint(), older.fingerprint());
		assertThat(jdbc().search("apple", 1)).extracting(StoredEntry::fingerprint)
			.containsExactly(younger.fingerprint());
		assertThat(jdbc().search("apple cherry", 10)).isEmpty();
		assertThat(jdbc().search("", 10)).isEmpty();
	}

	@Test
	void nothingThatIsSearchedForIsAWildcardOrAnOperator() {
		put(entry("a").question("plain words").build(), entry("b").question("5 apples").build());
		for (String text : List.of("%", "_____", "p_ain", "pl%n", "!", "'", "\\", "''; --", "\u0000", " \t ",
				"[a-z]")) {
			assertThat(jdbc().search(text, 10)).as("found by %s", text).isEmpty();
		}
		assertThat(jdbc().search("x".repeat(100_000), 10)).isEmpty();
		assertThat(jdbc().search("x ".repeat(100_000), 10)).isEmpty();
	}

	@Test
	void aConnectionWithoutAutomaticCommitIsGivenBackAsItWas() throws SQLException {
		try (SingleConnection single = new SingleConnection(this.dataSource.getConnection())) {
			CacheStore other = JdbcCacheStore.builder(single, this.tables).build();
			for (boolean automatic : new boolean[] { false, true }) {
				single.connection().setAutoCommit(automatic);
				StoredEntry entry = entry("a " + automatic).tags("t").build();
				other.putAll(List.of(entry));
				assertThere(entry);
				assertThat(other.get(entry.fingerprint())).isNotNull();
				assertThat(other.evict(Selector.all().withTag("t"))).isEqualTo(1);
				assertGone(entry);
				assertThat(single.connection().getAutoCommit()).isEqualTo(automatic);
			}
			single.connection().setAutoCommit(true);
		}
	}

	@Test
	void theCallersRollbackUndoesNothingOfTheStores() throws SQLException {
		List<DataSource> proxies = List.of(this.dataSource, new TransactionAwareDataSourceProxy(this.dataSource),
				new LazyConnectionDataSourceProxy(this.dataSource),
				new TransactionAwareDataSourceProxy(new LazyConnectionDataSourceProxy(this.dataSource)));
		TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(this.dataSource));
		for (DataSource proxy : proxies) {
			CacheStore other = JdbcCacheStore.builder(proxy, this.tables).build();
			StoredEntry entry = entry("a").tags("t").build();
			transaction.executeWithoutResult((status) -> {
				new JdbcTemplate(this.dataSource).queryForObject("SELECT COUNT(*) FROM " + this.tables.tag(),
						Long.class);
				other.putAll(List.of(entry));
				assertThat(other.get(entry.fingerprint())).isNotNull();
				status.setRollbackOnly();
			});
			assertThere(entry);
			assertThat(store().evict(Selector.all())).isEqualTo(1);
		}
	}

	@Test
	void aFailureOfTheStoreLeavesTheCallersTransactionWhole() {
		JdbcTemplate template = new JdbcTemplate(this.dataSource);
		template.execute("CREATE TABLE mine (id INT PRIMARY KEY)");
		CacheStore broken = JdbcCacheStore
			.builder(new TransactionAwareDataSourceProxy(this.dataSource),
					new JdbcTables(this.tables.dialect(), true, null, "missing_"))
			.build();
		new TransactionTemplate(new JdbcTransactionManager(this.dataSource)).executeWithoutResult((status) -> {
			template.update("INSERT INTO mine VALUES (1)");
			assertThatExceptionOfType(JdbcStoreException.class).isThrownBy(() -> broken.get(TestEntry.fingerprint("a")))
				.withMessageContaining("has no table missing_entry")
				.satisfies((ex) -> assertThat(ex.isDisconnected()).isFalse());
			template.update("INSERT INTO mine VALUES (2)");
		});
		assertThat(template.queryForObject("SELECT COUNT(*) FROM mine", Long.class)).isEqualTo(2);
		template.execute("DROP TABLE mine");
	}

	@Test
	void aThreadThatIsInterruptedIsServedAndStaysInterrupted() {
		StoredEntry entry = TestEntry.of("a", Instant.now()).build();
		Thread.currentThread().interrupt();
		try {
			store().putAll(List.of(entry));
			assertThat(Thread.currentThread().isInterrupted()).isTrue();
			assertThat(store().get(entry.fingerprint())).isNotNull();
			assertThat(store().evict(Selector.all())).isEqualTo(1);
			assertThat(Thread.currentThread().isInterrupted()).isTrue();
		}
		finally {
			boolean unused = Thread.interrupted();
		}
	}

	@Test
	void noConnectionIsHeldWhileTheModelIsAsked() throws Exception {
		CountDownLatch asked = new CountDownLatch(20);
		CountDownLatch answer = new CountDownLatch(1);
		ExecutorService callers = Executors.newFixedThreadPool(20);
		try (HikariDataSource small = this.database.pool(2)) {
			small.setConnectionTimeout(2000);
			ChatModel model = CachingChatModel.builder(new CountingChatModel((call) -> {
				asked.countDown();
				await(answer);
				return CountingChatModel.answer("answer");
			})).store(JdbcCacheStore.builder(small, this.tables).build()).build();
			for (int i = 0; i < 20; i++) {
				String question = "question " + i;
				callers.execute(() -> model.call(question));
			}
			assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(small.getHikariPoolMXBean().getActiveConnections()).isZero();
			assertThat(
					new JdbcTemplate(small).queryForObject("SELECT COUNT(*) FROM " + this.tables.entry(), Long.class))
				.isZero();
			answer.countDown();
			eventually(() -> assertThat(count(this.tables.entry())).isEqualTo(20));
		}
		finally {
			answer.countDown();
			callers.shutdownNow();
			assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	final JdbcCacheStore jdbc() {
		return (JdbcCacheStore) store();
	}

	private CacheStore store(InstantSource clock) {
		return JdbcCacheStore.builder(this.dataSource, this.tables).clock(clock).build();
	}

	final void execute(String sql) throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/**
	 * Bytes where others belong.
	 */
	private final class Damage {

		private final String column;

		private final byte[] bytes;

		Damage(String column, int... bytes) {
			this.column = column;
			this.bytes = new byte[bytes.length];
			for (int i = 0; i < bytes.length; i++) {
				this.bytes[i] = (byte) bytes[i];
			}
		}

		void to(Fingerprint fingerprint) {
			int rows = new JdbcTemplate(JdbcStoreContract.this.dataSource)
				.update("UPDATE %s SET %s = ? WHERE fingerprint = ?".formatted(JdbcStoreContract.this.tables.entry(),
						this.column), this.bytes, fingerprint.toBytes());
			assertThat(rows).isEqualTo(1);
		}

		@Override
		public String toString() {
			return "%d bytes as %s".formatted(this.bytes.length, this.column);
		}

	}

	private int count(String table) throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement();
				var result = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
			result.next();
			return result.getInt(1);
		}
	}

}
