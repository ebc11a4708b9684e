package io.modelcache.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.modelcache.autoconfigure.ModelCacheProperties.Model;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.util.ClassUtils;

/**
 * Renders {@code docs/properties.md} from what an IDE knows of the properties.
 */
final class PropertyAppendix {

	private static final Map<String, String> TYPES = Map.ofEntries(Map.entry("java.lang.Boolean", "boolean"),
			Map.entry("java.lang.Integer", "number"), Map.entry("java.lang.Double", "number"),
			Map.entry("java.lang.String", "text"), Map.entry("java.time.Duration", "duration"),
			Map.entry("org.springframework.util.unit.DataSize", "size"),
			Map.entry("java.util.Set<java.lang.String>", "list of texts"),
			Map.entry(TimeToLive.class.getName(), "duration or `none`"));

	private static final String HEAD = """
			# All properties

			This page is made from the configuration metadata, which IDEs read too: change the Javadoc of the properties, then run
			`PropertyAppendixTests` with `-Dmodelcache.docs.write=true`. A duration is written like `500ms`, `10s`, `5m`, `8h` or `1d`, a
			size like `64KB` or `10MB`.

			""";

	private static final String ONE_BEAN = """
			## modelcache.models.&lt;bean&gt;

			Each of these stands for one bean, and counts more than what is set for its kind or for all. Upper case and dashes in
			the name of the bean do not matter. What a store has (`caffeine`, `jdbc`, `redis`, `near`, `guard`, the vectors of
			questions) is the same for all.

			""";

	private final Metadata metadata;

	PropertyAppendix(Metadata metadata) {
		this.metadata = metadata;
	}

	String render() {
		Map<String, List<String>> groups = new TreeMap<>();
		this.metadata.properties()
			.stream()
			.sorted((one, other) -> name(one).compareTo(name(other)))
			.forEach((property) -> groups.computeIfAbsent(group(name(property)), (group) -> new ArrayList<>())
				.add(row(property)));
		StringBuilder page = new StringBuilder(HEAD);
		groups.forEach((group, rows) -> page.append("## ")
			.append(group)
			.append("\n\n| property | value | default | |\n|---|---|---|---|\n")
			.append(String.join("", rows))
			.append('\n'));
		page.append(ONE_BEAN);
		ownOfModel().forEach((name) -> page.append("- `").append(name).append("`\n"));
		return page.toString();
	}

	/**
	 * Return what can be written for one bean, of which the metadata knows the type only.
	 */
	static List<String> ownOfModel() {
		return components(Model.class, "").sorted().toList();
	}

	private static Stream<String> components(Class<?> type, String prefix) {
		return Stream.of(type.getRecordComponents()).flatMap((component) -> names(component, prefix));
	}

	private static Stream<String> names(RecordComponent component, String prefix) {
		String name = prefix + DataObjectPropertyName.toDashedForm(component.getName());
		boolean nested = component.getType().isRecord() && component.getType() != TimeToLive.class;
		return nested ? components(component.getType(), name + ".") : Stream.of(name);
	}

	private static String row(Map<String, Object> property) {
		return "| `%s` | %s | %s | %s |%n"
			.formatted(name(property), value((String) property.get("type")), defaultValue(property.get("defaultValue")),
					cell((String) property.get("description")))
			.replace(System.lineSeparator(), "\n");
	}

	private static String name(Map<String, Object> property) {
		return (String) property.get("name");
	}

	private static String group(String name) {
		return name.startsWith("management.") ? "management" : name.substring(0, name.lastIndexOf('.'));
	}

	private static String value(String type) {
		if (type.startsWith("java.util.Map")) {
			return "by name";
		}
		String known = TYPES.get(type);
		return (known != null) ? known : enumeration(type);
	}

	private static String enumeration(String type) {
		Object[] constants = ClassUtils.resolveClassName(type, null).getEnumConstants();
		if (constants == null) {
			throw new IllegalStateException("Say in PropertyAppendix how a value of %s is written".formatted(type));
		}
		return Stream.of(constants)
			.map((constant) -> code(((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-')))
			.collect(Collectors.joining(", "));
	}

	private static String defaultValue(@Nullable Object value) {
		if (value instanceof Collection<?> values) {
			return values.stream().map(PropertyAppendix::defaultValue).collect(Collectors.joining(", "));
		}
		return (value == null || value.toString().isEmpty()) ? "" : code(value.toString());
	}

	private static String code(String text) {
		return "`" + text + "`";
	}

	private static String cell(String text) {
		return text.replace("|", "\\|").replace("<", "&lt;");
	}

}
