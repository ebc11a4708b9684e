package io.modelcache.autoconfigure;

import java.time.Duration;

import io.modelcache.autoconfigure.ModelCacheProperties.Guard;
import io.modelcache.autoconfigure.SemanticProperties.IndexKind;
import io.modelcache.store.jdbc.JdbcTables;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Finds numbers among the properties that make no sense.
 */
final class PropertiesCheck {

	private static final Duration LONGEST = Duration.ofDays(36500);

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
		jdbc(this.properties.jdbc());
		guard();
		semantic("modelcache.semantic", this.properties.semantic());
		positive("modelcache.near-ttl", this.properties.nearTtl(), "1m");
		positive("modelcache.single-flight.lease", this.properties.singleFlight().lease(), "60s");
		retention("modelcache.stale-retention", this.properties.staleRetention());
		this.properties.models().forEach((name, model) -> {
			retention("modelcache.models.%s.stale-retention".formatted(name), model.staleRetention());
			size("modelcache.models.%s.max-entry-size".formatted(name), model.maxEntrySize());
			batch("modelcache.models.%s.batch-size".formatted(name), model.batchSize());
			if (!model.semantic().equals(OwnSemanticProperties.UNSET)) {
				semantic("modelcache.models.%s.semantic".formatted(name),
						model.semantic().over(this.properties.semantic()));
			}
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

	private static void jdbc(ModelCacheProperties.Jdbc jdbc) {
		name("modelcache.jdbc.table-prefix", jdbc.tablePrefix());
		name("modelcache.jdbc.schema", jdbc.schema());
		if (jdbc.url() != null && jdbc.dataSource() != null) {
			throw new InvalidConfigurationPropertyValueException("modelcache.jdbc.data-source", jdbc.dataSource(),
					"modelcache.jdbc.url is set too, and there can be one database only: remove one of them.");
		}
		if (jdbc.purgeInterval().isNegative() || jdbc.purgeInterval().isZero()) {
			throw new InvalidConfigurationPropertyValueException("modelcache.jdbc.purge-interval", jdbc.purgeInterval(),
					"An interval must be positive, such as 10m.");
		}
	}

	private static void name(String property, @Nullable String name) {
		if (name != null && !JdbcTables.isName(name)) {
			throw new InvalidConfigurationPropertyValueException(property, name,
					"A name is a letter or an underscore, then up to 39 letters, digits and underscores, such as modelcache_.");
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

	private void semantic(String prefix, SemanticProperties semantic) {
		if (semantic.store() == CacheProvider.SEMANTIC || semantic.store() == CacheProvider.NONE) {
			throw new InvalidConfigurationPropertyValueException(prefix + ".store", semantic.store(),
					"Write where the answers live: caffeine, jdbc, redis or custom.");
		}
		if (semantic.index() == IndexKind.REDIS && semantic.store() == CacheProvider.CAFFEINE
				&& this.properties.propertyOf(CacheProvider.SEMANTIC) != null) {
			throw new InvalidConfigurationPropertyValueException("modelcache.semantic.index", semantic.index(),
					"All instances would share the index, but each would have its own answers: set modelcache.semantic.store to redis, jdbc or custom, or leave the index embedded.");
		}
		Double threshold = semantic.threshold();
		if (threshold != null && !(threshold >= -1 && threshold <= 1)) {
			throw new InvalidConfigurationPropertyValueException(prefix + ".threshold", threshold,
					"A threshold is a cosine similarity, such as 0.92, or is left out for one that fits the embedding model.");
		}
		share(prefix + ".max-error-rate", semantic.maxErrorRate());
		share(prefix + ".shadow-rate", semantic.shadowRate());
		atLeastOne(prefix + ".max-input", semantic.maxInput());
		atLeastOne(prefix + ".max-turns", semantic.maxTurns());
		atLeastOne(prefix + ".maximum-entries", semantic.maximumEntries());
		try {
			SemanticLayer.rules(semantic);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(prefix, "its languages or guards",
					ex.getMessage() + ".");
		}
	}

	private static void share(String property, double share) {
		if (!(share >= 0 && share <= 1)) {
			throw new InvalidConfigurationPropertyValueException(property, share,
					"A share is a number from 0 to 1, such as 0.02.");
		}
	}

	private static void atLeastOne(String property, int number) {
		if (number < 1) {
			throw new InvalidConfigurationPropertyValueException(property, number, "Write a number of at least 1.");
		}
	}

	private static void positive(String property, Duration duration, String example) {
		if (duration.compareTo(Duration.ofMillis(1)) < 0) {
			throw new InvalidConfigurationPropertyValueException(property, duration,
					"The time must be at least a millisecond, such as %s.".formatted(example));
		}
		if (duration.compareTo(LONGEST) > 0) {
			throw new InvalidConfigurationPropertyValueException(property, duration,
					"The time must be at most a hundred years, such as %s.".formatted(example));
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
