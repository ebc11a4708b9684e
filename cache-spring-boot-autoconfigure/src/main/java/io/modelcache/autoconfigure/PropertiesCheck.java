package io.modelcache.autoconfigure;

import java.time.Duration;

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
		lease();
		retention("modelcache.stale-retention", this.properties.staleRetention());
		this.properties.models().forEach((name, model) -> {
			retention("modelcache.models.%s.stale-retention".formatted(name), model.staleRetention());
			size("modelcache.models.%s.max-entry-size".formatted(name), model.maxEntrySize());
			batch("modelcache.models.%s.batch-size".formatted(name), model.batchSize());
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

	private void lease() {
		Duration lease = this.properties.singleFlight().lease();
		if (lease.toMillis() < 1) {
			throw new InvalidConfigurationPropertyValueException("modelcache.single-flight.lease", lease,
					"A lease must be longer than the model takes for most answers; write a duration such as 60s.");
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
