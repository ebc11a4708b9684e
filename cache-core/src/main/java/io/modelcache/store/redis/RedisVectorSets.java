package io.modelcache.store.redis;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.lettuce.core.RedisCommandExecutionException;
import io.modelcache.key.Fingerprint;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Vectors in the vector sets of Redis 8, which find the nearest ones.
 * <p>
 * Both a set and an element of it are named by fingerprints. Elements have no time to
 * live of their own: their end is an attribute, by which they are passed over, and
 * whoever adds an element removes some that have ended. A set lives as long as the
 * element in it that lives longest. Vectors are kept as they are, not quantized. Safe for
 * use by several threads.
 */
public final class RedisVectorSets implements AutoCloseable {

	/**
	 * Stands for an end that never comes: the largest number up to which JSON counts
	 * exactly.
	 */
	private static final long NEVER = (1L << 53) - 1;

	/**
	 * The number of candidates of a search. The server's default is half of it.
	 */
	private static final int EFFORT = 200;

	private static final int BATCH = 500;

	private final RedisLink link;

	private final KeyLayout keys;

	private final Patience patience;

	private final ServerClock clock;

	private RedisVectorSets(RedisLink link, String keyPrefix, InstantSource clock, Duration timeout) {
		this.link = link;
		this.keys = new KeyLayout(keyPrefix);
		this.patience = new Patience(timeout);
		this.clock = new ServerClock(link, clock, System::nanoTime);
		Cancellation.whenDone(this.clock.offset(), (offset, failure) -> {
		});
	}

	/**
	 * Use the connections of an application. The server need not be there yet.
	 * @param connectionFactory gives the connections, which must be those of Lettuce, and
	 * stays open when these sets are closed
	 * @param keyPrefix what all keys begin with: 1 to 100 letters, digits and characters
	 * of {@code ._:/-}
	 * @param clock the clock in whose terms elements end
	 * @param timeout how long a method waits for the server at most, more than none
	 * @return the sets
	 * @throws IllegalArgumentException if a client or a value is not one of these
	 */
	public static RedisVectorSets open(RedisConnectionFactory connectionFactory, String keyPrefix, InstantSource clock,
			Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("'timeout' must be positive, not " + timeout);
		}
		KeyLayout.requirePrefix(keyPrefix);
		RedisLink link = RedisCacheStoreBuilder.lettuceLink(connectionFactory);
		if (link == null) {
			throw new IllegalArgumentException("Vector sets need Lettuce as the Redis client: use it, or keep the "
					+ "index of the semantic cache in this JVM by modelcache.semantic.index=embedded");
		}
		return new RedisVectorSets(link, keyPrefix, clock, timeout);
	}

	/**
	 * Ask the server whether it has vector sets.
	 * @throws VectorSetsMissingException if it has none
	 */
	public void verify() {
		run((offset) -> RedisRequest.of("VCARD").key(this.keys.vectors(new Fingerprint(0, 0, 0, 0))));
	}

	/**
	 * Find the elements of a set that are nearest to a vector and have not ended.
	 * @param set the set, which need not exist
	 * @param vector the vector
	 * @param limit how many elements are wanted at most
	 * @return the cosines of the elements, the nearest one first
	 * @throws IllegalArgumentException if the vector has other dimensions than the set
	 * @throws VectorSetsMissingException if the server has no vector sets
	 */
	public Map<Fingerprint, Double> nearest(Fingerprint set, float[] vector, int limit) {
		RedisReply reply = run((offset) -> RedisRequest.of("VSIM")
			.key(this.keys.vectors(set))
			.add("FP32")
			.add(bytes(vector))
			.add("WITHSCORES")
			.add("COUNT")
			.add(limit)
			.add("EF")
			.add(Math.max(EFFORT, limit))
			.add("FILTER")
			.add(".until > " + (this.clock.now() + offset)));
		Map<Fingerprint, Double> nearest = new LinkedHashMap<>();
		for (int i = 0; i + 1 < reply.size(); i += 2) {
			byte[] element = reply.bytes(i);
			if (element != null && element.length == Fingerprint.BYTES) {
				nearest.put(Fingerprint.of(element), 2 * reply.decimal(i + 1) - 1);
			}
		}
		return nearest;
	}

	/**
	 * Add an element, or change its vector and its end.
	 * @param set the set
	 * @param element the element
	 * @param vector its vector
	 * @param until when it ends
	 * @throws IllegalArgumentException if the vector has other dimensions than the set
	 * @throws VectorSetsMissingException if the server has no vector sets
	 */
	public void add(Fingerprint set, Fingerprint element, float[] vector, Instant until) {
		long end = until.toEpochMilli();
		run((offset) -> {
			boolean ends = end < NEVER - Math.abs(offset);
			return RedisRequest.script(Scripts.ADD_VECTOR, List.of(this.keys.vectors(set)))
				.add(bytes(vector))
				.add(element.toBytes())
				.add(ends ? Math.max(0, end + offset) : NEVER)
				.add(ends ? Math.max(0, end + offset) : -1);
		});
	}

	/**
	 * Remove an element.
	 * @param set the set
	 * @param element the element, which need not be there
	 * @throws VectorSetsMissingException if the server has no vector sets
	 */
	public void remove(Fingerprint set, Fingerprint element) {
		run((offset) -> RedisRequest.of("VREM").key(this.keys.vectors(set)).add(element.toBytes()));
	}

	/**
	 * Remove all sets with the prefix. All keys of the servers are walked over, with the
	 * time-out for each step.
	 */
	public void clear() {
		List<RedisRequest> requests = new ArrayList<>();
		new KeyWalk(this.link, this.patience, this.keys).forEachVectorSet(BATCH, (key) -> {
			requests.add(RedisRequest.of("UNLINK").key(key.getBytes(UTF_8)));
			if (requests.size() == BATCH) {
				this.patience.await(this.link.send(List.copyOf(requests)));
				requests.clear();
			}
		});
		if (!requests.isEmpty()) {
			this.patience.await(this.link.send(requests));
		}
	}

	@Override
	public void close() {
		this.link.close();
	}

	/**
	 * Send a command.
	 * @param request makes it, given how far the server's clock is ahead
	 */
	private RedisReply run(Function<Long, RedisRequest> request) {
		CompletableFuture<List<RedisReply>> replies = Cancellation.compose(this.clock.offset(),
				(offset) -> this.link.send(List.of(request.apply(offset))));
		try {
			return this.patience.await(replies).get(0);
		}
		catch (RedisCommandExecutionException ex) {
			throw translated(ex);
		}
	}

	/**
	 * Say what is known to be wrong. The server's own message may quote a vector.
	 */
	private static RuntimeException translated(RedisCommandExecutionException failure) {
		String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
		if (message.contains("unknown command") || message.contains("unknown redis command")) {
			return new VectorSetsMissingException();
		}
		if (message.contains("dimension mismatch")) {
			return new IllegalArgumentException("The vector has other dimensions than those of its set");
		}
		return failure;
	}

	private static byte[] bytes(float[] vector) {
		ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(vector);
		return bytes.array();
	}

}
