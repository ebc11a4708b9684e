package io.modelcache.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Thrown when a property is set that nothing reads and that must fail. Its value, which
 * may be a secret, is not in the message.
 */
final class UnknownPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final @Nullable String nearest;

	UnknownPropertyException(@Nullable ConfigurationProperty property, ConfigurationPropertyName name,
			@Nullable String nearest) {
		super("%s is set%s, but nothing reads it; %s".formatted(name, place(property),
				(nearest != null) ? "did you mean '%s'?".formatted(nearest) : "docs/properties.md has all properties"));
		this.nearest = nearest;
	}

	/**
	 * Return the name that somebody may have meant.
	 * @return the name, or {@code null} if there is none like it
	 */
	@Nullable String nearest() {
		return this.nearest;
	}

	private static String place(@Nullable ConfigurationProperty property) {
		return (property != null && property.getOrigin() != null) ? " (%s)".formatted(property.getOrigin()) : "";
	}

}
