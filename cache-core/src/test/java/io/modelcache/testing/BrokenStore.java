package io.modelcache.testing;

import java.lang.reflect.Proxy;
import java.util.function.Supplier;

import io.modelcache.store.CacheStore;

/**
 * Makes stores of which every method fails.
 */
public final class BrokenStore {

	private BrokenStore() {
	}

	/**
	 * Make a store that throws whatever it is asked to do.
	 * @param failure makes what is thrown
	 * @return the store
	 */
	public static CacheStore throwing(Supplier<? extends Throwable> failure) {
		return (CacheStore) Proxy.newProxyInstance(BrokenStore.class.getClassLoader(),
				new Class<?>[] { CacheStore.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("blocking")) {
						return false;
					}
					throw failure.get();
				});
	}

	/**
	 * Make a store that returns {@code null} wherever it can.
	 * @return the store
	 */
	public static CacheStore returningNull() {
		return (CacheStore) Proxy.newProxyInstance(BrokenStore.class.getClassLoader(),
				new Class<?>[] { CacheStore.class },
				(proxy, method, arguments) -> switch (method.getReturnType().getName()) {
					case "long" -> 0L;
					case "boolean" -> false;
					default -> null;
				});
	}

}
