package io.modelcache.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;

/**
 * Chooses one of several beans as the container would.
 */
final class BeanChoice {

	private final ConfigurableListableBeanFactory beanFactory;

	BeanChoice(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Choose a bean to be injected: by its qualifiers, then the primary one, then by
	 * name.
	 * @param names the names of all beans of the right type
	 * @param descriptor where the bean is injected
	 * @return the name of the bean, or {@code null} if none is to be injected
	 * @throws org.springframework.beans.factory.NoUniqueBeanDefinitionException if
	 * several fit equally well and the place cannot do without
	 */
	@Nullable String injected(Collection<String> names, DependencyDescriptor descriptor) {
		List<String> fitting = names.stream()
			.filter((name) -> this.beanFactory.isAutowireCandidate(name, descriptor))
			.toList();
		String only = only(fitting);
		if (only != null || fitting.isEmpty()) {
			return only;
		}
		String dependencyName = descriptor.getDependencyName();
		if (dependencyName != null && fitting.contains(dependencyName)) {
			return dependencyName;
		}
		Map<String, Object> types = new LinkedHashMap<>();
		fitting.forEach((name) -> types.put(name, Object.class));
		descriptor.resolveNotUnique(descriptor.getResolvableType(), types);
		return null;
	}

	/**
	 * Choose the only bean, the only primary one or the only one that is no fallback.
	 * @return the name of the bean, or {@code null} if there is no such one
	 */
	@Nullable String only(List<String> names) {
		if (names.size() == 1) {
			return names.get(0);
		}
		List<String> primary = having(names, BeanDefinition::isPrimary);
		List<String> regular = primary.isEmpty() ? having(names, (definition) -> !definition.isFallback()) : primary;
		return (regular.size() == 1) ? regular.get(0) : null;
	}

	private List<String> having(List<String> names, Predicate<BeanDefinition> property) {
		return names.stream()
			.filter((name) -> this.beanFactory.containsBeanDefinition(name)
					&& property.test(this.beanFactory.getMergedBeanDefinition(name)))
			.toList();
	}

}
