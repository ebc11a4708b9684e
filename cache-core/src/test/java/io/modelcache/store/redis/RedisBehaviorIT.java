package io.modelcache.store.redis;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.lettuce.core.KillArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.AsyncCacheStore;
import io.modelcache.store.RemovalRecorder;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.TestEntry;
import io.modelcache.testing.RedisServerFixture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ScanOptions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What {@link RedisCacheStore} does to a server beyond the contract, and what a server
 * can do to it.
 */
class RedisBehaviorIT {

	@RegisterExtension
	static final RedisServerFixture server = RedisServerFixture.any();

	private LettuceConnectionFactory connectionFactory;

	private RedisCacheStore store;

	@BeforeEach
	void open() {
		this.connectionFactory = new LettuceConnectionFactory("127.0.0.1", server.port());
		this.connectionFactory.afterPropertiesSet();
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			connection.serverCommands().flushAll();
			connection.serverCommands().resetConfigStats();
		}
		this.store = RedisCacheStore.builder(this.connectionFactory).build();
	}

	@AfterEach
	void close() {
		this.store.close();
		this.connectionFactory.destroy();
	}

	@Test
	void aThousandEntriesAreOneCommandToRead() {
		List<StoredEntry> entries = entries(1000);
		this.store.putAll(entries);
		resetStatistics();
		Map<Fingerprint, StoredEntry> found = this.store
			.getAll(entries.stream().map(StoredEntry::fingerprint).toList());
		assertThat(found).hasSize(1000);
		assertThat(calls("mget")).isEqualTo(1);
		assertThat(calls("get")).isZero();
		assertThat(calls("time")).isZero();
	}

	@Test
	void anEntryIsOneValueThatEndsByItself() {
		StoredEntry entry = entry("a").tags("t").build();
		this.store.putAll(List.of(entry));
		String hex = entry.fingerprint().toHex();
		String key = "modelcache:{" + hex.substring(0, 2) + "}" + hex.substring(2);
		String tag = "modelcache:{" + hex.substring(0, 2) + "}:tag:t";
		assertThat(keys()).containsExactlyInAnyOrder(key, tag);
		assertThat(timeToLive(key)).isBetween(3_590_000L, 3_600_000L);
		assertThat(timeToLive(tag)).isBetween(3_590_000L, 3_600_000L);
	}

	@Test
	@DisplayName("LangChain's RedisCache sets the time to live by a second command")
	void anEntryAndItsTimeToLiveAreOneCommand() {
		this.store.putAll(List.of(entry("a").build()));
		assertThat(calls("set")).isEqualTo(1);
		assertThat(calls("expire") + calls("pexpire") + calls("expireat") + calls("pexpireat")).isZero();
		assertThat(timeToLive(keys().iterator().next())).isPositive();
	}

	@Test
	@DisplayName("LangChain's RedisCache clears by FLUSHDB")
	void clearingLeavesNothingOfOursAndTouchesNothingElse() {
		set("theirs", "x");
		set("modelcache:theirs", "x");
		set("modelcache:{00}:tag", "x");
		this.store.putAll(List.of(entry("a").tags("t", "u").build(),
				entry("b").times(Duration.ZERO, null, null).tags("t").build()));
		assertThat(this.store.evict(Selector.all())).isEqualTo(2);
		assertThat(keys()).containsExactlyInAnyOrder("theirs", "modelcache:theirs", "modelcache:{00}:tag");
		assertThat(calls("flushdb") + calls("flushall") + calls("keys")).isZero();
	}

	@Test
	void whatIsGoneIsForgottenByItsTag() {
		List<StoredEntry> entries = entries(300).stream()
			.map((entry) -> TestEntry.copyOf(entry).times(Duration.ZERO, null, null).tags("t").build())
			.toList();
		this.store.putAll(entries);
		this.store.evictAll(entries.stream().map(StoredEntry::fingerprint).toList());
		assertThat(this.store.evict(Selector.all().withTag("t"))).isZero();
		assertThat(keys()).isEmpty();
	}

	@Test
	void whatHasEndedDoesNotStayInTheSetOfItsTag() {
		Fingerprint first = new Fingerprint(1, 0, 0, 0);
		this.store.putAll(List.of(entry("a").fingerprint(first)
			.times(Duration.ZERO, Duration.ofMillis(50), Duration.ofMillis(50))
			.tags("t")
			.build()));
		Awaitility.await().until(() -> this.store.get(first) == null);
		this.store.putAll(List.of(entry("b").fingerprint(new Fingerprint(2, 0, 0, 0)).tags("t").build()));
		assertThat(places("t")).isEqualTo(1);
	}

	@Test
	void whatIsEvictedByOneLabelDoesNotStayInTheSetsOfItsTags() {
		for (Selector selector : List.of(Selector.all().withTag("t"), Selector.all().withBean("bean"),
				Selector.all().withScope(TestEntry.scope("scope")))) {
			this.store.putAll(List.of(endless("a").tags("t", "u").build()));
			assertThat(this.store.evict(selector)).isEqualTo(1);
			assertThat(keys()).as("after an eviction by %s", selector).isEmpty();
		}
	}

	@Test
	void whatIsPutAgainWithAnotherTagIsForgottenByItsTag() {
		Fingerprint fingerprint = new Fingerprint(1, 0, 0, 0);
		StoredEntry again = endless("a").fingerprint(fingerprint).tags("u", "tt").build();
		this.store.putAll(List.of(endless("a").fingerprint(fingerprint).tags("t").build()));
		this.store.putAll(List.of(again));
		assertThat(places("t")).isEqualTo(1);
		assertThat(this.store.evict(Selector.all().withTag("t"))).isZero();
		assertThat(places("t")).isZero();
		assertThat(scan(Selector.all().withTag("u"))).containsExactly(again.fingerprint());
	}

	@Test
	void whatHasTheTagButIsNotMeantKeepsItsPlace() {
		StoredEntry other = endless("a").fingerprint(new Fingerprint(1, 0, 0, 0)).bean("other").tags("t").build();
		this.store.putAll(List.of(other));
		assertThat(this.store.evict(Selector.all().withTag("t").withBean("bean"))).isZero();
		assertThat(scan(Selector.all().withTag("t"))).containsExactly(other.fingerprint());
	}

	@Test
	void theSetOfATagDoesNotGrowByWhatIsEvictedByItsFingerprint() {
		for (int i = 0; i < 200; i++) {
			StoredEntry entry = endless("e").fingerprint(new Fingerprint(1, i, 0, 0)).tags("t").build();
			this.store.putAll(List.of(entry));
			this.store.evictAll(List.of(entry.fingerprint()));
		}
		assertThat(places("t")).isLessThan(50);
		List<StoredEntry> kept = IntStream.range(0, 200)
			.mapToObj((i) -> endless("e").fingerprint(new Fingerprint(2, i, 0, 0)).tags("t").build())
			.toList();
		this.store.putAll(kept);
		assertThat(this.store.evict(Selector.all().withTag("t"))).isEqualTo(200);
		assertThat(keys()).isEmpty();
	}

	@Test
	void entriesAreEvictedByATagWhoseSetsAServerWithTooLittleMemoryHasDropped() {
		configure("maxmemory-policy", "allkeys-lfu");
		configure("maxmemory", "100mb");
		try {
			assertThat(evictTagWithoutSets()).isEqualTo(20);
		}
		finally {
			configure("maxmemory", "0");
			configure("maxmemory-policy", "noeviction");
		}
		assertThat(this.store.evict(Selector.all())).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "100mb, noeviction", "0, allkeys-lfu" })
	void aServerThatDropsNothingIsNotWalkedOverForATag(String memory, String policy) {
		configure("maxmemory-policy", policy);
		configure("maxmemory", memory);
		try {
			assertThat(evictTagWithoutSets()).isZero();
		}
		finally {
			configure("maxmemory", "0");
			configure("maxmemory-policy", "noeviction");
		}
	}

	private long evictTagWithoutSets() {
		List<StoredEntry> entries = entries(20).stream()
			.map((entry) -> TestEntry.copyOf(entry).tags("t", "u").build())
			.toList();
		this.store.putAll(entries);
		this.store.putAll(List.of(entry("kept").tags("u").build()));
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			keys().stream()
				.filter((key) -> key.endsWith(":tag:t"))
				.forEach((key) -> connection.keyCommands().del(key.getBytes(UTF_8)));
		}
		return this.store.evict(Selector.all().withTag("t"));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "x", "\u0001", "\u0001\u0000\u0000\u0000\u0000", "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA" })
	void bytesThatAreNoEntryComeBackAsAnEntryThatBelongsToNobody(String bytes) {
		StoredEntry entry = entry("a").build();
		this.store.putAll(List.of(entry));
		set(keys().iterator().next(), bytes);
		StoredEntry read = this.store.get(entry.fingerprint());
		assertThat(read).isNotNull();
		assertThat(read.payload()).isEqualTo(bytes.getBytes(UTF_8));
		assertThat(read.scope()).isNotEqualTo(entry.scope());
		assertThat(read.bean()).isEmpty();
		assertThat(this.store.getAll(List.of(entry.fingerprint()))).containsValue(read);
		assertThat(this.store.evict(Selector.all().withBean("bean"))).isZero();
		assertThat(this.store.evict(Selector.all())).isEqualTo(1);
	}

	@Test
	void whileTheServerIsGoneACallIsRefusedAtOnceAndLaterItWorksAgain() throws Exception {
		StoredEntry entry = entry("a").build();
		this.store.putAll(List.of(entry));
		server.stop();
		try {
			Awaitility.await()
				.untilAsserted(() -> assertThatExceptionOfType(RedisConnectionFailureException.class)
					.isThrownBy(() -> this.store.get(entry.fingerprint()))
					.withMessageContaining("gone"));
			long start = System.nanoTime();
			for (int i = 0; i < 100; i++) {
				assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.store.get(entry.fingerprint()))
					.withRootCauseInstanceOf(IOException.class);
			}
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
		}
		finally {
			server.restart();
		}
		Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
			this.store.putAll(List.of(entry));
			assertThat(this.store.get(entry.fingerprint())).isNotNull();
		});
	}

	@Test
	void aServerThatHangsCostsTheTimeoutAndNothingIsDoneLater() throws Exception {
		RedisCacheStore hasty = RedisCacheStore.builder(this.connectionFactory).timeout(Duration.ofMillis(200)).build();
		StoredEntry entry = entry("a").build();
		assertThat(hasty.get(entry.fingerprint())).isNull();
		signal("STOP");
		try {
			long start = System.nanoTime();
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> hasty.get(entry.fingerprint()));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(190),
					Duration.ofSeconds(2));
			CompletableFuture<Map<Fingerprint, StoredEntry>> asked = ((AsyncCacheStore) hasty)
				.getAllAsync(List.of(entry.fingerprint()));
			assertThat(asked).isNotDone();
			assertThat(asked.cancel(true)).isTrue();
		}
		finally {
			signal("CONT");
		}
		Awaitility.await().ignoreExceptions().untilAsserted(() -> assertThat(hasty.get(entry.fingerprint())).isNull());
		hasty.close();
	}

	@Test
	void aServerThatIsFullRefusesWritesAndAnswersReads() {
		StoredEntry small = entry("small").build();
		this.store.putAll(List.of(small));
		configure("maxmemory", "3mb");
		try {
			List<StoredEntry> large = entries(8).stream()
				.map((entry) -> TestEntry.copyOf(entry).payload(new byte[1024 * 1024]).build())
				.toList();
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.store.putAll(large))
				.withMessageContaining("OOM");
			StoredEntry tagged = entry("tagged").tags("t").payload(new byte[1024 * 1024]).build();
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.store.putAll(List.of(tagged)))
				.withMessageContaining("OOM");
			assertThat(this.store.get(small.fingerprint())).isNotNull();
			assertThat(this.store.get(tagged.fingerprint())).isNull();
		}
		finally {
			configure("maxmemory", "0");
		}
		this.store.putAll(List.of(small));
	}

	@Test
	void aReadOnlyServerAnswersReads() throws Exception {
		StoredEntry entry = entry("a").build();
		this.store.putAll(List.of(entry));
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			connection.execute("REPLICAOF", "127.0.0.1".getBytes(UTF_8), "1".getBytes(UTF_8));
			try {
				assertThat(this.store.get(entry.fingerprint())).isNotNull();
				assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.store.putAll(List.of(entry)))
					.withMessageContaining("READONLY");
			}
			finally {
				connection.execute("REPLICAOF", "NO".getBytes(UTF_8), "ONE".getBytes(UTF_8));
			}
		}
	}

	@Test
	void whoListensIsToldOfWhatHeMayHaveMissed() {
		RemovalRecorder news = new RemovalRecorder();
		this.store.subscribe(news);
		StoredEntry entry = entry("a").build();
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			((RedisAsyncCommands<?, ?>) connection.getNativeConnection()).clientKill(KillArgs.Builder.typePubsub())
				.toCompletableFuture()
				.join();
		}
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !news.causes(entry).isEmpty());
		news.clear();
		this.store.evictAll(List.of(entry.fingerprint()));
		Awaitility.await().until(() -> !news.causes(entry).isEmpty());
	}

	@Test
	void whoListensBeforeTheServerIsThereIsToldLater() throws Exception {
		RemovalRecorder news = new RemovalRecorder();
		server.stop();
		try {
			this.store.subscribe(news);
		}
		finally {
			server.restart();
		}
		StoredEntry entry = entry("a").build();
		Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
			this.store.evictAll(List.of(entry.fingerprint()));
			return !news.causes(entry).isEmpty();
		});
	}

	@Test
	void aStoreWithoutListenersDoesNotSubscribe() {
		this.store.putAll(List.of(entry("a").build()));
		assertThat(section("clients")).doesNotContainEntry("pubsub_clients", "1");
		assertThat(calls("subscribe")).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "*", "{x}:", "a?", "\u00e9", "[a]", "a\\" })
	void aPrefixThatCouldMeanSomethingElseIsRefused(String prefix) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RedisCacheStore.builder(this.connectionFactory).keyPrefix(prefix));
	}

	private static void signal(String name) throws Exception {
		assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(server.pid())).start()
			.waitFor(10, TimeUnit.SECONDS)).isTrue();
	}

	private void configure(String parameter, String value) {
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			connection.serverCommands().setConfig(parameter, value);
		}
	}

	private void resetStatistics() {
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			connection.serverCommands().resetConfigStats();
		}
	}

	private long calls(String command) {
		Object statistics = section("commandstats").get("cmdstat_" + command);
		return (statistics != null) ? Long.parseLong(statistics.toString().replaceAll("calls=(\\d+).*", "$1")) : 0;
	}

	private Properties section(String name) {
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			return Objects.requireNonNull(connection.serverCommands().info(name));
		}
	}

	private Set<String> keys() {
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			Set<String> keys = new HashSet<>();
			connection.keyCommands().scan(ScanOptions.NONE).forEachRemaining((key) -> keys.add(new String(key, UTF_8)));
			return keys;
		}
	}

	private List<Fingerprint> scan(Selector selector) {
		return this.store.scan(selector, null, 10).entries().stream().map(StoredEntry::fingerprint).toList();
	}

	/**
	 * Count the places in the first set of a tag.
	 */
	private long places(String tag) {
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			return connection.zSetCommands().zCard(("modelcache:{00}:tag:" + tag).getBytes(UTF_8));
		}
	}

	private long timeToLive(String key) {
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			return connection.keyCommands().pTtl(key.getBytes(UTF_8));
		}
	}

	private void set(String key, String value) {
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			connection.stringCommands().set(key.getBytes(UTF_8), value.getBytes(UTF_8));
		}
	}

	private static TestEntry entry(String name) {
		return TestEntry.of(name, Instant.now());
	}

	private static TestEntry endless(String name) {
		return entry(name).times(Duration.ZERO, null, null);
	}

	private static List<StoredEntry> entries(int count) {
		List<StoredEntry> entries = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			entries.add(entry("e" + i).build());
		}
		return entries;
	}

}
