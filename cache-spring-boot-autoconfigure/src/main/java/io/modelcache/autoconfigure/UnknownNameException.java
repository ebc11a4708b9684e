package io.modelcache.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Thrown when something is set that has no effect, because of its name, and that must
 * fail. Its value, which may be a secret, is not in the message.
 */
final class UnknownNameException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	private UnknownNameException(String message, String action) {
		super(message);
		this.action = action;
	}

	/**
	 * There are settings for a model bean that does not exist.
	 * @param name the name of the bean
	 * @param beanNames those of the beans that there are
	 */
	static UnknownNameException ofModel(String name, List<String> beanNames) {
		String nearest = NearestName.of(name, beanNames);
		String advice = beanNames.isEmpty() ? "there are no model beans"
				: "the model beans are " + String.join(", ", beanNames);
		return new UnknownNameException(
				"modelcache.models.%s is set, but there is no model bean of that name; %s".formatted(name,
						(nearest != null) ? didYouMean(nearest) : advice),
				(nearest != null) ? "Write modelcache.models.%s instead, or remove the settings.".formatted(nearest)
						: "Remove the settings, or declare the bean.");
	}

	/**
	 * There is a property that nothing reads.
	 * @param name the name
	 * @param property the property, for the place where it is set
	 * @param nearest what somebody may have meant, or {@code null}
	 */
	static UnknownNameException ofProperty(ConfigurationPropertyName name, @Nullable ConfigurationProperty property,
			@Nullable String nearest) {
		String place = (property != null && property.getOrigin() != null) ? " (%s)".formatted(property.getOrigin())
				: "";
		return new UnknownNameException(
				"%s is set%s, but nothing reads it; %s".formatted(name, place,
						(nearest != null) ? didYouMean(nearest) : "docs/properties.md has all properties"),
				(nearest != null) ? "Write %s instead, or remove the property.".formatted(nearest)
						: "Remove the property.");
	}

	/**
	 * Return what to do.
	 */
	String action() {
		return this.action;
	}

	private static String didYouMean(String nearest) {
		return "did you mean '%s'?".formatted(nearest);
	}

}
