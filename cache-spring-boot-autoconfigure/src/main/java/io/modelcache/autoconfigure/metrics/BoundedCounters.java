package io.modelcache.autoconfigure.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Counters of one name that differ in a word. Words come from policies too, which may be
 * anybody's, so that there is a bound to their number and to what they look like.
 */
final class BoundedCounters {

	static final int LIMIT = 50;

	static final String OTHER = "other";

	private static final Pattern WORD = Pattern.compile("[A-Za-z0-9.:_-]{1,80}");

	private final Map<String, Counter> counters = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	private final String name;

	private final Tags tags;

	private final String key;

	private final String description;

	BoundedCounters(MeterRegistry registry, String name, Tags tags, String key, String description) {
		this.registry = registry;
		this.name = name;
		this.tags = tags;
		this.key = key;
		this.description = description;
	}

	void increment(String word) {
		Counter counter = this.counters.get(word);
		if (counter == null) {
			boolean known = this.counters.size() < LIMIT && WORD.matcher(word).matches();
			counter = this.counters.computeIfAbsent(known ? word : OTHER, this::register);
		}
		counter.increment();
	}

	private Counter register(String word) {
		return Counter.builder(this.name)
			.tags(this.tags.and(this.key, word))
			.description(this.description)
			.register(this.registry);
	}

}
