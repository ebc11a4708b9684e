package io.modelcache.autoconfigure;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Writes what waits to be written when the application stops: after the last request, and
 * before the connections are closed.
 */
final class StoreLifecycle implements SmartLifecycle, DisposableBean {

	/**
	 * Later than web servers, which are far above, and earlier than connection factories,
	 * which are at zero.
	 */
	private static final int PHASE = 1024;

	private final CacheStores stores;

	private volatile boolean running;

	StoreLifecycle(CacheStores stores) {
		this.stores = stores;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.stores.flush();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public void destroy() {
		this.stores.close();
	}

}
