package io.modelcache.benchmarks;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import com.zaxxer.hikari.HikariDataSource;
import io.modelcache.CacheStatus;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.CacheStore;
import io.modelcache.store.GuardLimits;
import io.modelcache.store.GuardedCacheStore;
import io.modelcache.store.GuardedCacheStoreBuilder;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.jdbc.JdbcCacheStore;
import io.modelcache.store.jdbc.JdbcTables;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * What a hit in a database costs with an answer of 1 kB, beside a prepared select of the
 * same bytes by primary key over the same pool.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 15, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JdbcHitBenchmark {

	private static final int OTHERS = 10_000;

	/**
	 * Where the answer is kept.
	 */
	@Param
	public JdbcDatabase database = JdbcDatabase.H2;

	private @Nullable HikariDataSource pool;

	private @Nullable JdbcCacheStore store;

	private @Nullable ChatModel model;

	private Fingerprint key = new Fingerprint(0, 0, 0, 0);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Prompt prompt = Request.QUESTION.prompt();

	/**
	 * Store the answer among others.
	 * @throws IOException if there is no database
	 * @throws SQLException if the database does not answer
	 */
	@Setup
	public void store() throws IOException, SQLException {
		HikariDataSource created = new HikariDataSource();
		created.setJdbcUrl(this.database.url());
		this.pool = created;
		JdbcTables tables = JdbcTables.in(created, null, JdbcTables.DEFAULT_PREFIX);
		Flyway.configure()
			.dataSource(created)
			.locations(tables.dialect().scripts())
			.placeholders(Map.of("prefix", tables.prefix()))
			.load()
			.migrate();
		JdbcCacheStore empty = JdbcCacheStore.builder(created, tables)
			.lingering(() -> created.getHikariPoolMXBean().getThreadsAwaitingConnection() > 0)
			.build();
		ChatModel caching = CachingChatModel.builder(new OneAnswer()).store(empty).build();
		caching.call(this.prompt);
		if (!CacheStatus.of(caching.call(this.prompt)).hit()) {
			throw new IllegalStateException("There is nothing to measure: the second call was not a hit");
		}
		StoredEntry entry = empty.scan(Selector.all(), null, 1).entries().get(0);
		this.key = entry.fingerprint();
		empty.putAll(LongStream.range(0, OTHERS).mapToObj((i) -> copy(entry, i)).toList());
		this.store = empty;
		this.model = CachingChatModel.builder(new OneAnswer()).store(guarded(empty)).build();
	}

	/**
	 * Close the pool.
	 */
	@TearDown
	public void close() {
		this.threads.shutdown();
		if (this.pool != null) {
			this.pool.close();
		}
	}

	/**
	 * Measure the select.
	 * @return the bytes
	 * @throws SQLException if it fails
	 */
	@Benchmark
	public byte[] bare() throws SQLException {
		try (Connection connection = Objects.requireNonNull(this.pool).getConnection();
				PreparedStatement select = connection
					.prepareStatement("SELECT payload FROM modelcache_entry WHERE fingerprint = ?")) {
			select.setBytes(1, this.key.toBytes());
			try (ResultSet row = select.executeQuery()) {
				row.next();
				return row.getBytes(1);
			}
		}
	}

	/**
	 * Measure the select on another thread, so that its caller could leave at a deadline:
	 * what the guard of a database server does for a hit that comes alone.
	 * @return the bytes
	 * @throws Exception if it fails
	 */
	@Benchmark
	public byte[] bareHandedOver() throws Exception {
		return this.threads.submit(this::bare).get(10, TimeUnit.SECONDS);
	}

	/**
	 * Measure the store alone.
	 * @return the entry
	 */
	@Benchmark
	public @Nullable StoredEntry get() {
		return Objects.requireNonNull(this.store).get(this.key);
	}

	/**
	 * Measure the decorated model, with the guard around the store.
	 * @return the answer
	 */
	@Benchmark
	public ChatResponse modelCache() {
		return Objects.requireNonNull(this.model).call(this.prompt);
	}

	private CacheStore guarded(JdbcCacheStore unguarded) {
		GuardedCacheStoreBuilder guard = GuardedCacheStore.builder(unguarded)
			.limits(new GuardLimits(Duration.ofSeconds(10), 4, 50, Duration.ofSeconds(10)));
		return ((this.database != JdbcDatabase.POSTGRESQL) ? guard.inProcess() : guard).build();
	}

	private static StoredEntry copy(StoredEntry entry, long number) {
		long mixed = number * 0x9e3779b97f4a7c15L;
		return new StoredEntry(new Fingerprint(mixed, number, mixed, number), entry.payload(), entry.createdAt(),
				entry.freshUntil(), entry.keepUntil(), entry.bean(), entry.scope(), entry.tags(), null);
	}

}
