package io.modelcache.chat.semantic;

import java.util.Collection;
import java.util.List;

import io.modelcache.key.Fingerprint;

/**
 * An index of which nothing works.
 */
class BrokenIndex implements SemanticIndex {

	private final boolean blocking;

	private int searches;

	BrokenIndex(boolean blocking) {
		this.blocking = blocking;
	}

	/**
	 * Return how often it was searched.
	 */
	int searches() {
		return this.searches;
	}

	@Override
	public List<Match> nearest(Fingerprint partition, float[] vector, int limit) {
		this.searches++;
		throw new IllegalStateException("broken");
	}

	@Override
	public void add(Fingerprint partition, Entry entry) {
		throw new IllegalStateException("broken");
	}

	@Override
	public void remove(Fingerprint partition, Fingerprint key) {
		throw new IllegalStateException("broken");
	}

	@Override
	public void removeAll(Collection<Fingerprint> keys) {
		throw new IllegalStateException("broken");
	}

	@Override
	public void clear() {
		throw new IllegalStateException("broken");
	}

	@Override
	public long size() {
		throw new IllegalStateException("broken");
	}

	@Override
	public boolean durable() {
		return false;
	}

	@Override
	public boolean blocking() {
		return this.blocking;
	}

}
