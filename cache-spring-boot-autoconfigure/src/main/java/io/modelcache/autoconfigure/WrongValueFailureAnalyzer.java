package io.modelcache.autoconfigure;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.unit.DataSize;

/**
 * Says what to type when the value of one of our properties cannot be read.
 * <p>
 * It comes before the analyzer of Spring Boot, which speaks of classes and not of what
 * can be written.
 */
final class WrongValueFailureAnalyzer extends AbstractFailureAnalyzer<BindException> implements Ordered {

	private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("modelcache");

	private static final String WAIT = "a positive duration such as 500ms or 30s, or to none for as long as it takes";

	@Override
	public int getOrder() {
		return -10;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		ConfigurationProperty property = cause.getProperty();
		ConversionFailedException failure = findCause(cause, ConversionFailedException.class);
		if (property == null || failure == null || !OURS.isAncestorOf(cause.getName())) {
			return null;
		}
		Class<?> type = failure.getTargetType().getType();
		String expected = isWait(property, type) ? WAIT : expected(type);
		return (expected != null) ? analysis(property, expected, cause) : null;
	}

	/**
	 * A wait has the type of a time to live, because it may be for ever too.
	 */
	private static boolean isWait(ConfigurationProperty property, Class<?> type) {
		return type == TimeToLive.class && property.getName().getLastElement(Form.UNIFORM).equals("maxwait");
	}

	private static FailureAnalysis analysis(ConfigurationProperty property, String expected, BindException cause) {
		String origin = (property.getOrigin() != null) ? " (%s)".formatted(property.getOrigin()) : "";
		return new FailureAnalysis(
				"The property %s cannot be '%s'%s.".formatted(property.getName(), property.getValue(), origin),
				"Set it to %s.".formatted(expected), cause);
	}

	private static @Nullable String expected(Class<?> type) {
		if (type == TimeToLive.class) {
			return "a positive duration such as 1d, 8h or 30m, or to none for answers that do not expire";
		}
		if (type == Duration.class) {
			return "a duration such as 200ms, 10s or 1h";
		}
		if (type == DataSize.class) {
			return "a size such as 1MB or 64KB";
		}
		if (type == boolean.class || type == Boolean.class) {
			return "true or false";
		}
		if (type == int.class || type == Integer.class) {
			return "a whole number";
		}
		if (type == double.class || type == Double.class) {
			return "a number such as 0.15";
		}
		Object[] values = type.getEnumConstants();
		return (values != null)
				? "one of "
						+ Stream.of(values).map(WrongValueFailureAnalyzer::written).collect(Collectors.joining(", "))
				: null;
	}

	private static String written(Object value) {
		return ((Enum<?>) value).name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
