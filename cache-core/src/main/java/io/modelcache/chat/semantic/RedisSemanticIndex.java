package io.modelcache.chat.semantic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.redis.RedisVectorSets;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Keeps vectors in the vector sets of Redis 8, a set for each partition.
 * <p>
 * Whoever shares the server and the prefix shares the entries. The server searches by a
 * graph, so that now and then an entry is not found. Every method waits for the server,
 * but not longer than the time-out, then it throws; so it does when the connection is
 * lost, at once. Safe for use by several threads.
 */
public final class RedisSemanticIndex implements SemanticIndex, AutoCloseable {

	private final RedisVectorSets sets;

	RedisSemanticIndex(RedisVectorSets sets) {
		this.sets = sets;
	}

	/**
	 * Start with the prefix {@code modelcache:} and a time-out of 200 milliseconds.
	 * @param connectionFactory gives the connections, which must be those of Lettuce, and
	 * stays open when the index is closed
	 * @return a builder
	 */
	public static RedisSemanticIndexBuilder builder(RedisConnectionFactory connectionFactory) {
		return new RedisSemanticIndexBuilder(connectionFactory);
	}

	/**
	 * Ask the server whether it can be used.
	 * @throws io.modelcache.store.redis.VectorSetsMissingException if it has no vector
	 * sets, because it is older than Redis 8 or another one
	 */
	public void verify() {
		this.sets.verify();
	}

	@Override
	public List<Match> nearest(Fingerprint partition, float[] vector, int limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("'limit' must be at least 1, not %d".formatted(limit));
		}
		float[] unit = UnitVector.of(vector);
		List<Match> matches = new ArrayList<>();
		try {
			this.sets.nearest(partition, unit, limit)
				.forEach((key, cosine) -> matches.add(new Match(key, Math.max(-1, Math.min(1, cosine)))));
		}
		catch (IllegalArgumentException ex) {
			throw UnusableVectorException.otherDimensions(unit.length);
		}
		return List.copyOf(matches);
	}

	@Override
	public void add(Fingerprint partition, Entry entry) {
		float[] unit = UnitVector.of(entry.vector());
		try {
			this.sets.add(partition, entry.key(), unit, entry.until());
		}
		catch (IllegalArgumentException ex) {
			throw UnusableVectorException.otherDimensions(unit.length);
		}
	}

	@Override
	public void remove(Fingerprint partition, Fingerprint key) {
		this.sets.remove(partition, key);
	}

	/**
	 * Do nothing: in which set an entry is the news do not tell. It stays until it is
	 * found and removed, or until it ends.
	 */
	@Override
	public void removeAll(Collection<Fingerprint> keys) {
	}

	/**
	 * Remove all sets with the prefix. All keys of the server are walked over, with the
	 * time-out for each step.
	 */
	@Override
	public void clear() {
		this.sets.clear();
	}

	@Override
	public long size() {
		return UNKNOWN;
	}

	@Override
	public boolean durable() {
		return true;
	}

	@Override
	public boolean blocking() {
		return true;
	}

	@Override
	public void close() {
		this.sets.close();
	}

}
