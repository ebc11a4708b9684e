package io.modelcache.autoconfigure;

import java.time.Duration;

import io.modelcache.autoconfigure.ModelCacheProperties.Guard;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Finds numbers among the properties that make no sense.
 */
final class PropertiesCheck {

	private final ModelCacheProperties properties;

	PropertiesCheck(ModelCacheProperties properties) {
		this.properties = properties;
	}

	/**
	 * Check the properties.
	 * @throws InvalidConfigurationPropertyValueException if one of them is wrong; it is
	 * named, with what to write instead
	 */
	void check() {
		size("modelcache.max-entry-size", this.properties.maxEntrySize());
		size("modelcache.caffeine.maximum-weight", this.properties.caffeine().maximumWeight());
		batch("modelcache.embedding.batch-size", this.properties.embedding().batchSize());
		secret();
		guard();
		positive("modelcache.near-ttl", this.properties.nearTtl(), "1m");
		positive("modelcache.single-flight.lease", this.properties.singleFlight().lease(), "60s");
		retention("modelcache.stale-retention", this.properties.staleRetention());
		this.properties.models().forEach((name, model) -> {
			retention("modelcache.models.%s.stale-retention".formatted(name), model.staleRetention());
			size("modelcache.models.%s.max-entry-size".formatted(name), model.maxEntrySize());
			batch("modelcache.models.%s.batch-size".formatted(name), model.batchSize());
			Duration lease = model.singleFlight().lease();
			if (lease != null) {
				positive("modelcache.models.%s.single-flight.lease".formatted(name), lease, "60s");
			}
		});
	}

	/**
	 * The secret itself is not shown.
	 */
	private void secret() {
		String secret = this.properties.keySecret();
		if (secret != null && secret.isBlank()) {
			throw new InvalidConfigurationPropertyValueException("modelcache.key-secret", "(blank)",
					"A secret must not be blank; write 32 random bytes as text, or remove the property.");
		}
	}

	private void guard() {
		Guard guard = this.properties.guard();
		positive("modelcache.guard.timeout", guard.timeout(), "200ms");
		positive("modelcache.guard.open-for", guard.openFor(), "10s");
		if (guard.maxConcurrent() < 0) {
			throw new InvalidConfigurationPropertyValueException("modelcache.guard.max-concurrent",
					guard.maxConcurrent(), "Write a number of calls, or 0 for one that suits the store.");
		}
		if (guard.failureRate() < 1 || guard.failureRate() > 100) {
			throw new InvalidConfigurationPropertyValueException("modelcache.guard.failure-rate", guard.failureRate(),
					"A rate is a percentage from 1 to 100.");
		}
	}

	private static void positive(String property, Duration duration, String example) {
		if (duration.toMillis() < 1) {
			throw new InvalidConfigurationPropertyValueException(property, duration,
					"The time must be at least a millisecond, such as %s.".formatted(example));
		}
	}

	private static void size(String property, @Nullable DataSize size) {
		if (size != null && size.toBytes() < 1) {
			throw new InvalidConfigurationPropertyValueException(property, size,
					"A size must be positive, such as 1MB or 64KB.");
		}
	}

	private static void retention(String property, @Nullable Duration retention) {
		if (retention != null && retention.isNegative()) {
			throw new InvalidConfigurationPropertyValueException(property, retention,
					"A retention must not be negative; write a duration such as 1h, or 0s to keep no stale answers.");
		}
	}

	private static void batch(String property, @Nullable Integer size) {
		if (size != null && size < 0) {
			throw new InvalidConfigurationPropertyValueException(property, size,
					"A batch size must be positive, or 0 for all missing texts in one call.");
		}
	}

}
