package io.modelcache.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * The types by which a model could be found if its decorator did not hide it.
 */
final class HiddenTypes {

	/**
	 * Where a bean definition remembers the class of its model; it outlives a context
	 * that failed.
	 */
	private static final String ATTRIBUTE = HiddenTypes.class.getName() + ".model";

	private static final Set<String> INFRASTRUCTURE = Set.of("java.", "javax.", "jakarta.", "kotlin.",
			"org.springframework.beans.", "org.springframework.context.", "org.springframework.core.",
			"org.springframework.aop.");

	private HiddenTypes() {
	}

	/**
	 * Return the class of a model, its superclasses and its interfaces, without those
	 * that the decorator has as well and those that nobody injects a model by.
	 */
	static Set<Class<?>> of(Class<?> type, Class<?> decorator) {
		Set<Class<?>> types = new LinkedHashSet<>();
		for (Class<?> level = type; level != null; level = level.getSuperclass()) {
			types.add(level);
		}
		types.addAll(ClassUtils.getAllInterfacesForClassAsSet(type));
		types.removeIf((candidate) -> candidate.isAssignableFrom(decorator) || isInfrastructure(candidate));
		return types;
	}

	/**
	 * Remember that a bean's decorator hides a class.
	 */
	static void remember(ConfigurableListableBeanFactory beanFactory, String beanName, Class<?> type) {
		beanFactory.getBeanDefinition(beanName).setAttribute(ATTRIBUTE, type);
	}

	/**
	 * Return the class that a bean's decorator hides.
	 * @return the class, or {@code null} if there is no decorator
	 */
	static @Nullable Class<?> behind(BeanDefinition definition) {
		return (definition.getAttribute(ATTRIBUTE) instanceof Class<?> type) ? type : null;
	}

	private static boolean isInfrastructure(Class<?> type) {
		return INFRASTRUCTURE.stream().anyMatch(type.getName()::startsWith);
	}

}
