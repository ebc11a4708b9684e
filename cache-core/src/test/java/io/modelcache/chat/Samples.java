package io.modelcache.chat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * Two values or more of each type that an option may have.
 */
final class Samples {

	private final Map<Object, List<?>> known = new HashMap<>();

	Samples() {
		add(String.class, "one", "two");
		add(boolean.class, true, false).add(Boolean.class, true, false);
		add(int.class, 3, 4).add(Integer.class, 3, 4);
		add(long.class, 2048L, 4096L).add(Long.class, 2048L, 4096L);
		add(Float.class, 0.25f, 0.26f).add(Double.class, 0.25, 0.26);
		add(Duration.class, Duration.ofSeconds(7), Duration.ofSeconds(8));
		add(byte[].class, new byte[] { 1 }, new byte[] { 2 });
		add(Object.class, "one", Map.of("a", 1), Map.of("a", 2));
		add(String[].class, new String[] { "one" }, new String[] { "two" });
		add(ToolCallback.class, tool("one"), tool("two"));
		add(ToolCallback[].class, new ToolCallback[] { tool("one") }, new ToolCallback[] { tool("two") });
	}

	/**
	 * Add values.
	 * @param key a class, or the name of a method or component
	 * @param values the values
	 * @return this
	 */
	Samples add(Object key, Object... values) {
		this.known.put(key, List.of(values));
		return this;
	}

	List<?> of(String name, Type type) {
		if (this.known.containsKey(name)) {
			return this.known.get(name);
		}
		if (this.known.containsKey(type)) {
			return this.known.get(type);
		}
		if (type instanceof Class<?> constants && constants.isEnum()) {
			return List.of(constants.getEnumConstants());
		}
		if (type instanceof ParameterizedType parameterized) {
			return ofContainer(name, parameterized);
		}
		throw new IllegalArgumentException("Add samples for '%s' of type %s".formatted(name, type.getTypeName()));
	}

	private List<?> ofContainer(String name, ParameterizedType type) {
		Type[] arguments = type.getActualTypeArguments();
		if (type.getRawType() == List.class) {
			return of("", arguments[0]).stream().map(List::of).toList();
		}
		if (type.getRawType() == Map.class) {
			Object key = of("", arguments[0]).get(0);
			return of("", arguments[1]).stream().map((value) -> Map.of(key, value)).toList();
		}
		throw new IllegalArgumentException("Add samples for '%s' of type %s".formatted(name, type));
	}

	static ToolCallback tool(String name) {
		return tool(ToolDefinition.builder().name(name).description("does it").inputSchema("{}").build());
	}

	static ToolCallback tool(ToolDefinition definition) {
		return new ToolCallback() {

			@Override
			public ToolDefinition getToolDefinition() {
				return definition;
			}

			@Override
			public String call(String input) {
				return input;
			}

		};
	}

}
