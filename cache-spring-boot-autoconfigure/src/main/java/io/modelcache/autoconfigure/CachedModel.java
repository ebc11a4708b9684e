package io.modelcache.autoconfigure;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of one model bean and its cache. Nothing in it is secret. Immutable.
 *
 * @param name the name of the bean
 * @param kind {@code chat} or {@code embedding}
 * @param cached whether its answers are cached
 * @param detail by what, or why not
 * @param layers where answers are looked for, the nearest first
 * @param settings the settings in force, as they are written in properties; empty if it
 * is not cached
 */
public record CachedModel(String name, String kind, boolean cached, String detail, List<String> layers,
		Map<String, Object> settings) {

	/**
	 * Copy the layers and the settings.
	 */
	public CachedModel {
		layers = List.copyOf(layers);
		settings = Collections.unmodifiableMap(new TreeMap<>(settings));
	}

}
