package io.modelcache.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.springframework.util.ClassUtils;

/**
 * The types by which a model could be injected and its decorator cannot.
 */
final class ConcreteTypes {

	private static final Set<String> INFRASTRUCTURE = Set.of("java.", "javax.", "jakarta.", "kotlin.",
			"org.springframework.beans.", "org.springframework.context.", "org.springframework.core.",
			"org.springframework.aop.");

	private ConcreteTypes() {
	}

	/**
	 * Return the class of a model, its superclasses and its interfaces, without those
	 * that the decorator has as well and those that nobody injects a model by.
	 */
	static Set<Class<?>> of(Class<?> type, Class<?> decorator) {
		Map<Class<?>, Boolean> types = new LinkedHashMap<>();
		for (Class<?> level = type; level != null; level = level.getSuperclass()) {
			types.put(level, Boolean.TRUE);
		}
		for (Class<?> contract : ClassUtils.getAllInterfacesForClass(type)) {
			types.put(contract, Boolean.TRUE);
		}
		types.keySet().removeIf((candidate) -> candidate.isAssignableFrom(decorator) || isInfrastructure(candidate));
		return types.keySet();
	}

	private static boolean isInfrastructure(Class<?> type) {
		return INFRASTRUCTURE.stream().anyMatch(type.getName()::startsWith);
	}

}
