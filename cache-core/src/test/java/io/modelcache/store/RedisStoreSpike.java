package io.modelcache.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.KeyValue;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.ValueScanCursor;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A spike: proves that the SPI fits Redis, and nothing more. The store in
 * {@code io.modelcache.store.redis} replaces it.
 * <p>
 * An entry is a hash that ends by itself. Its times are those of the server; the script
 * that puts it gets them as distances from now. The sets of tags only find entries: their
 * members are checked, since an entry that ends or is replaced leaves them behind. A page
 * that Redis makes longer than asked for is cut, and the rest travels in the cursor.
 */
final class RedisStoreSpike implements CacheStore, LeaseStore, RemovalSource, AutoCloseable {

	private static final String NEVER = "never";

	private static final String[] FIELDS = { "created", "fresh", "keep", "payload", "bean", "scope", "tags",
			"question" };

	/**
	 * Arguments: distances of the three times, payload, bean, scope, tags, question if
	 * any. Keys: the entry, then its tags. Returns whether there was an entry before.
	 */
	private static final String PUT = """
			local t = redis.call('TIME')
			local now = t[1] * 1000 + math.floor(t[2] / 1000)
			local function at(d) return d == 'never' and d or string.format('%.0f', now + d) end
			local existed = redis.call('DEL', KEYS[1])
			if ARGV[3] ~= 'never' and tonumber(ARGV[3]) <= 0 then return existed end
			redis.call('HSET', KEYS[1], 'created', at(ARGV[1]), 'fresh', at(ARGV[2]), 'keep', at(ARGV[3]),
				'payload', ARGV[4], 'bean', ARGV[5], 'scope', ARGV[6], 'tags', ARGV[7])
			if ARGV[8] then redis.call('HSET', KEYS[1], 'question', ARGV[8]) end
			if ARGV[3] ~= 'never' then redis.call('PEXPIREAT', KEYS[1], at(ARGV[3])) end
			for i = 2, #KEYS do
				local ttl = redis.call('PTTL', KEYS[i])
				redis.call('SADD', KEYS[i], KEYS[1])
				if ARGV[3] == 'never' then
					redis.call('PERSIST', KEYS[i])
				elseif ttl ~= -1 and ttl < tonumber(ARGV[3]) then
					redis.call('PEXPIREAT', KEYS[i], at(ARGV[3]))
				end
			end
			return existed
			""";

	private static final String ACQUIRE = """
			local holder = redis.call('GET', KEYS[1])
			if holder and holder ~= ARGV[1] then return 0 end
			redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
			return 1
			""";

	private static final String RELEASE = """
			if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
			return 0
			""";

	private final StatefulRedisConnection<String, byte[]> connection;

	private final StatefulRedisPubSubConnection<String, byte[]> subscription;

	private final String prefix;

	private final InstantSource clock;

	private final List<RemovalListener> listeners = new CopyOnWriteArrayList<>();

	RedisStoreSpike(RedisClient client, String prefix, InstantSource clock) {
		RedisCodec<String, byte[]> codec = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
		this.connection = client.connect(codec);
		this.subscription = client.connectPubSub(codec);
		this.prefix = prefix;
		this.clock = clock;
		this.subscription.addListener(new RedisPubSubAdapter<>() {

			@Override
			public void message(String channel, byte[] message) {
				RedisStoreSpike.this.listeners.forEach((listener) -> SpikeNews.read(message, listener));
			}

		});
		this.subscription.sync().subscribe(prefix + "news");
	}

	@Override
	public Map<Fingerprint, StoredEntry> getAll(Collection<Fingerprint> fingerprints) {
		Map<Fingerprint, RedisFuture<List<KeyValue<String, byte[]>>>> replies = new HashMap<>();
		fingerprints.forEach((fingerprint) -> replies.computeIfAbsent(fingerprint,
				(key) -> this.connection.async().hmget(entryKey(key), FIELDS)));
		long offset = offset();
		if (!LettuceFutures.awaitAll(this.connection.getTimeout(), replies.values().toArray(RedisFuture[]::new))) {
			throw new RedisCommandTimeoutException();
		}
		Map<Fingerprint, StoredEntry> found = new HashMap<>();
		replies.forEach((fingerprint, reply) -> {
			List<KeyValue<String, byte[]>> fields = reply.toCompletableFuture().join();
			if (fields.get(0).hasValue()) {
				found.put(fingerprint, read(fingerprint, fields, offset));
			}
		});
		return found;
	}

	@Override
	public void putAll(Collection<StoredEntry> entries) {
		for (StoredEntry entry : entries) {
			long now = this.clock.millis();
			List<byte[]> values = new ArrayList<>(List.of(distance(entry.createdAt(), now),
					distance(entry.freshUntil(), now), distance(entry.keepUntil(), now), entry.payload(),
					bytes(entry.bean()), entry.scope().toBytes(), SpikeTags.encode(entry.tags())));
			if (entry.question() != null) {
				values.add(bytes(entry.question()));
			}
			String[] keys = Stream
				.concat(Stream.of(entryKey(entry.fingerprint())), entry.tags().stream().map(this::tagKey))
				.toArray(String[]::new);
			if (eval(PUT, keys, values.toArray(byte[][]::new))) {
				publish(SpikeNews.removed(List.of(entry.fingerprint()), RemovalCause.REPLACED));
			}
		}
	}

	@Override
	public void evictAll(Collection<Fingerprint> fingerprints) {
		if (!fingerprints.isEmpty()) {
			this.connection.sync().del(fingerprints.stream().map(this::entryKey).toArray(String[]::new));
			publish(SpikeNews.removed(fingerprints, RemovalCause.EVICTED));
		}
	}

	@Override
	public long evict(Selector selector) {
		long evicted = 0;
		String cursor = null;
		do {
			ScanPage page = scan(selector, cursor, 500);
			for (StoredEntry entry : page.entries()) {
				evicted += this.connection.sync().del(entryKey(entry.fingerprint()));
			}
			cursor = page.next();
		}
		while (cursor != null);
		publish(SpikeNews.cleared(selector));
		return evicted;
	}

	@Override
	public ScanPage scan(Selector selector, @Nullable String cursor, int limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("'limit' must be at least 1");
		}
		SpikeCursor position = SpikeCursor.parse(cursor);
		List<Fingerprint> candidates = position.rest();
		String next = position.next();
		if (candidates.isEmpty()) {
			ScanArgs arguments = ScanArgs.Builder.limit(limit);
			ScanCursor batch = (selector.tag() != null)
					? this.connection.sync().sscan(tagKey(selector.tag()), ScanCursor.of(next), arguments)
					: this.connection.sync().scan(ScanCursor.of(next), arguments.match(this.prefix + "e:*"));
			candidates = candidates(batch);
			next = batch.isFinished() ? SpikeCursor.END : batch.getCursor();
		}
		List<Fingerprint> page = candidates.subList(0, Math.min(limit, candidates.size()));
		List<StoredEntry> entries = getAll(page).values().stream().filter(selector::matches).toList();
		return new ScanPage(entries, SpikeCursor.format(next, candidates.subList(page.size(), candidates.size())));
	}

	@Override
	public StoreStats stats() {
		return new StoreStats(StoreStats.UNKNOWN, StoreStats.UNKNOWN, StoreStats.UNKNOWN);
	}

	@Override
	public boolean blocking() {
		return true;
	}

	@Override
	public boolean acquire(Fingerprint fingerprint, String holder, Duration duration) {
		if (duration.toMillis() < 1) {
			throw new IllegalArgumentException("'duration' must be at least a millisecond");
		}
		return eval(ACQUIRE, new String[] { leaseKey(fingerprint) }, bytes(holder),
				bytes(String.valueOf(duration.toMillis())));
	}

	@Override
	public boolean release(Fingerprint fingerprint, String holder) {
		return eval(RELEASE, new String[] { leaseKey(fingerprint) }, bytes(holder));
	}

	@Override
	public Subscription subscribe(RemovalListener listener) {
		this.listeners.add(listener);
		return () -> this.listeners.remove(listener);
	}

	@Override
	public void close() {
		this.subscription.close();
		this.connection.close();
	}

	private List<Fingerprint> candidates(ScanCursor batch) {
		if (batch instanceof ValueScanCursor<?> members) {
			return members.getValues().stream().map((key) -> fingerprint(new String((byte[]) key, UTF_8))).toList();
		}
		return ((KeyScanCursor<?>) batch).getKeys().stream().map((key) -> fingerprint((String) key)).toList();
	}

	private Fingerprint fingerprint(String entryKey) {
		return Fingerprint.fromHex(entryKey.substring(this.prefix.length() + 2));
	}

	private String entryKey(Fingerprint fingerprint) {
		return this.prefix + "e:" + fingerprint.toHex();
	}

	private String leaseKey(Fingerprint fingerprint) {
		return this.prefix + "l:" + fingerprint.toHex();
	}

	private String tagKey(String tag) {
		return this.prefix + "t:" + tag;
	}

	private boolean eval(String script, String[] keys, byte[]... values) {
		Long reply = this.connection.sync().eval(script, ScriptOutputType.INTEGER, keys, values);
		return reply != null && reply == 1;
	}

	private void publish(byte[] news) {
		this.connection.sync().publish(this.prefix + "news", news);
	}

	private long offset() {
		List<byte[]> time = this.connection.sync().time();
		long now = number(time.get(0)) * 1000 + number(time.get(1)) / 1000;
		return now - this.clock.millis();
	}

	private static StoredEntry read(Fingerprint fingerprint, List<KeyValue<String, byte[]>> fields, long offset) {
		return new StoredEntry(fingerprint, fields.get(3).getValue(), time(fields.get(0).getValue(), offset),
				time(fields.get(1).getValue(), offset), time(fields.get(2).getValue(), offset),
				new String(fields.get(4).getValue(), UTF_8), Fingerprint.of(fields.get(5).getValue()),
				SpikeTags.decode(fields.get(6).getValue()),
				fields.get(7).map((question) -> new String(question, UTF_8)).getValueOrElse(null));
	}

	private static Instant time(byte[] value, long offset) {
		return Arrays.equals(value, bytes(NEVER)) ? StoredEntry.NEVER : Instant.ofEpochMilli(number(value) - offset);
	}

	private static byte[] distance(Instant time, long now) {
		return bytes(StoredEntry.NEVER.equals(time) ? NEVER : String.valueOf(time.toEpochMilli() - now));
	}

	private static long number(byte[] text) {
		return Long.parseLong(new String(text, UTF_8));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(UTF_8);
	}

}
