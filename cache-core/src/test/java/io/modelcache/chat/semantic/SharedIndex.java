package io.modelcache.chat.semantic;

import java.util.Collection;
import java.util.List;

import io.modelcache.key.Fingerprint;

/**
 * An index that says it is elsewhere, in front of one in this JVM.
 */
final class SharedIndex implements SemanticIndex {

	private final SemanticIndex index;

	SharedIndex(SemanticIndex index) {
		this.index = index;
	}

	@Override
	public List<Match> nearest(Fingerprint partition, float[] vector, int limit) {
		return this.index.nearest(partition, vector, limit);
	}

	@Override
	public void add(Fingerprint partition, Entry entry) {
		this.index.add(partition, entry);
	}

	@Override
	public void remove(Fingerprint partition, Fingerprint key) {
		this.index.remove(partition, key);
	}

	@Override
	public void removeAll(Collection<Fingerprint> keys) {
		this.index.removeAll(keys);
	}

	@Override
	public void clear() {
		this.index.clear();
	}

	@Override
	public long size() {
		return this.index.size();
	}

	@Override
	public boolean durable() {
		return true;
	}

	@Override
	public boolean blocking() {
		return true;
	}

}
