package io.modelcache.chat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.util.ReflectionUtils;

/**
 * Makes objects of one class that differ from a base in one option: by each method of
 * their builder, or by each component of a record.
 */
final class Mutations {

	/**
	 * Methods of builders that set no option by their argument.
	 */
	private static final Set<String> NO_OPTIONS = Set.of("combineWith", "pdfFile");

	private final Class<?> type;

	private final Object base;

	private final List<Mutant> mutants = new ArrayList<>();

	private Mutations(Class<?> type, Object base) {
		this.type = type;
		this.base = base;
	}

	/**
	 * Try every method of a builder that takes one argument, or every setter.
	 * @param builders gives a new builder, or an object with setters, each time
	 * @param samples gives values of a type for a method
	 * @return the mutations
	 */
	static Mutations ofBuilder(Supplier<?> builders, Samples samples) {
		Object base = build(builders.get());
		Mutations mutations = new Mutations(base.getClass(), base);
		for (Method method : options(builders.get().getClass())) {
			for (Object sample : samples.of(method.getName(), method.getGenericParameterTypes()[0])) {
				Object builder = builders.get();
				call(method, builder, sample);
				mutations.add(method.getName() + method.getParameterTypes()[0].getSimpleName(), build(builder));
			}
		}
		return mutations;
	}

	/**
	 * Try every component of a record.
	 * @param base the record
	 * @param samples gives values of a type for a component
	 * @return the mutations
	 */
	static Mutations ofRecord(Record base, Samples samples) {
		Mutations mutations = new Mutations(base.getClass(), base);
		RecordComponent[] components = base.getClass().getRecordComponents();
		for (int i = 0; i < components.length; i++) {
			for (Object sample : samples.of(components[i].getName(), components[i].getGenericType())) {
				Object[] values = Arrays.stream(components)
					.map((component) -> call(component.getAccessor(), base))
					.toArray();
				values[i] = sample;
				mutations.add(components[i].getName(), create(base.getClass(), values));
			}
		}
		return mutations;
	}

	/**
	 * Change a field that no option changes alone.
	 */
	Mutations field(Object copy, String name, Object value) {
		Field field = fields(this.type).stream()
			.filter((each) -> each.getName().equals(name))
			.findFirst()
			.orElseThrow();
		field.setAccessible(true);
		ReflectionUtils.setField(field, copy, value);
		add(name, copy);
		return this;
	}

	/**
	 * Put each object into another one.
	 */
	Mutations inside(Function<Object, Object> outer) {
		Mutations outside = new Mutations(this.type, outer.apply(this.base));
		this.mutants.forEach((mutant) -> outside.mutants
			.add(new Mutant(mutant.option(), outer.apply(mutant.value()), mutant.changed(), mutant.state())));
		return outside;
	}

	/**
	 * Return the names of all options, which are the fields of the class.
	 */
	Set<String> options() {
		return fields(this.type).stream().map(Field::getName).collect(Collectors.toCollection(TreeSet::new));
	}

	Object base() {
		return this.base;
	}

	List<Mutant> mutants() {
		return this.mutants;
	}

	/**
	 * The state of a class: all of its fields, those of its superclasses too.
	 */
	static List<Field> fields(Class<?> type) {
		List<Field> fields = new ArrayList<>();
		for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
			Stream.of(level.getDeclaredFields())
				.filter((field) -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
				.forEach(fields::add);
		}
		return fields;
	}

	private void add(String option, Object value) {
		Map<String, Object> state = new TreeMap<>();
		for (Field field : fields(this.type)) {
			Object now = read(field, value);
			if (!Objects.equals(read(field, this.base), now)) {
				state.put(field.getName(), Optional.ofNullable(now));
			}
		}
		this.mutants.add(new Mutant(option, value, state.keySet(), state));
	}

	private static Collection<Method> options(Class<?> builder) {
		Map<String, Method> options = new TreeMap<>();
		for (Class<?> level = builder; level != Object.class; level = level.getSuperclass()) {
			for (Method method : level.getDeclaredMethods()) {
				if (isOption(method, builder)) {
					options.putIfAbsent(method.getName() + Arrays.toString(method.getParameterTypes()), method);
				}
			}
		}
		return options.values();
	}

	/**
	 * Bridges do not tell the types of the elements of a list.
	 */
	private static boolean isOption(Method method, Class<?> builder) {
		boolean chained = method.getReturnType().isAssignableFrom(builder) && method.getReturnType() != Object.class;
		return Modifier.isPublic(method.getModifiers()) && !method.isBridge() && method.getParameterCount() == 1
				&& (chained || method.getName().startsWith("set")) && !NO_OPTIONS.contains(method.getName());
	}

	private static Object build(Object builder) {
		try {
			return call(builder.getClass().getMethod("build"), builder);
		}
		catch (NoSuchMethodException ex) {
			return builder;
		}
	}

	private static Object create(Class<?> type, Object[] values) {
		try {
			var constructor = type.getDeclaredConstructors()[0];
			constructor.setAccessible(true);
			return constructor.newInstance(values);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Object call(Method method, Object target, Object... arguments) {
		try {
			method.setAccessible(true);
			return method.invoke(target, arguments);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(method.toGenericString(), ex);
		}
	}

	private static Object read(Field field, Object target) {
		try {
			field.setAccessible(true);
			Object value = field.get(target);
			return (value instanceof byte[] bytes) ? ByteBuffer.wrap(bytes) : value;
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * An object that differs from the base.
	 *
	 * @param option the option that was set
	 * @param value the object
	 * @param changed the fields that differ, often one, none if the sample was the
	 * default
	 * @param state the values of these
	 */
	record Mutant(String option, Object value, Set<String> changed, Map<String, Object> state) {

		@Override
		public String toString() {
			return this.option + " " + this.changed;
		}

	}

}
