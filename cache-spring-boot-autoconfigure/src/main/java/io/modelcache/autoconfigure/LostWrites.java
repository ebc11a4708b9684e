package io.modelcache.autoconfigure;

import java.util.Collection;

import io.modelcache.CacheListener;
import io.modelcache.CacheOperation;
import io.modelcache.store.StoreListener;
import io.modelcache.store.StoredEntry;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Tells the listeners of the application of each entry that was lost on its way to a
 * store.
 */
final class LostWrites implements StoreListener {

	private final ObjectProvider<CacheListener> listeners;

	LostWrites(ObjectProvider<CacheListener> listeners) {
		this.listeners = listeners;
	}

	@Override
	public void onLost(Collection<StoredEntry> entries, Throwable failure) {
		CacheListener listener = CacheListener.composite(this.listeners.orderedStream().toList());
		for (StoredEntry entry : entries) {
			listener.onFailure(entry.bean(), CacheOperation.WRITE, failure);
		}
	}

}
