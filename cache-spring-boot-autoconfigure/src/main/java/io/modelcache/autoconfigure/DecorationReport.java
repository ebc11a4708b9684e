package io.modelcache.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyFactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Knows which model beans are cached, which are not, and why.
 */
final class DecorationReport {

	private static final String OUT_OF_REACH = "it was there before the cache was ready, registered as an object or "
			+ "created early for a condition or a post-processor";

	private static final String IN_PARENT = "it belongs to a parent context that has no modelcache";

	private final ConfigurableListableBeanFactory beanFactory;

	private final DecorationPlan plan;

	private final ModelDecorator decorator;

	DecorationReport(ConfigurableListableBeanFactory beanFactory, DecorationPlan plan, ModelDecorator decorator) {
		this.beanFactory = beanFactory;
		this.plan = plan;
		this.decorator = decorator;
	}

	/**
	 * Return what became of each model bean, or will when it is created; none is created
	 * for that.
	 */
	List<Decoration> decorations() {
		Map<String, Decoration> decorations = new LinkedHashMap<>();
		for (ModelKind kind : ModelKind.values()) {
			for (String name : modelsIn(this.beanFactory, kind)) {
				decorations.computeIfAbsent(DecorationPlan.applicationName(name),
						(beanName) -> decoration(name, beanName, kind));
			}
			addParents(decorations, kind);
		}
		return new ArrayList<>(decorations.values());
	}

	private void addParents(Map<String, Decoration> decorations, ModelKind kind) {
		ConfigurableListableBeanFactory parent = parentOf(this.beanFactory);
		while (parent != null && !parent.containsSingleton(Decorating.BEAN_NAME)) {
			for (String name : modelsIn(parent, kind)) {
				decorations.putIfAbsent(name, inParent(name, kind, parent.getType(name, false)));
			}
			parent = parentOf(parent);
		}
	}

	private Decoration decoration(String name, String beanName, ModelKind kind) {
		Decoration outcome = this.decorator.outcome(beanName);
		if (outcome != null) {
			return outcome;
		}
		Object bean = this.beanFactory.isFactoryBean(name) ? null : this.beanFactory.getSingleton(name);
		Class<?> type = (bean != null) ? ModelProxy.target(bean).getClass() : typeOf(name);
		Decoration planned = (type != null) ? this.plan.decide(name, type) : null;
		if (planned == null) {
			return declared(beanName, kind);
		}
		return (planned.decorated() && bean != null) ? Decoration.impossible(beanName, kind, OUT_OF_REACH) : planned;
	}

	private @Nullable Class<?> typeOf(String name) {
		Class<?> hidden = this.beanFactory.containsBeanDefinition(name)
				? HiddenTypes.behind(this.beanFactory.getBeanDefinition(name)) : null;
		return (hidden != null) ? hidden : this.beanFactory.getType(name, false);
	}

	private static Decoration inParent(String name, ModelKind kind, @Nullable Class<?> type) {
		return (type != null && kind.decorator().isAssignableFrom(type)) ? declared(name, kind)
				: Decoration.impossible(name, kind, IN_PARENT);
	}

	private static Decoration declared(String beanName, ModelKind kind) {
		return Decoration.cached(beanName, kind, "declared as " + kind.decorator().getSimpleName());
	}

	private static List<String> modelsIn(ConfigurableListableBeanFactory beanFactory, ModelKind kind) {
		List<String> names = new ArrayList<>(List.of(beanFactory.getBeanNamesForType(kind.model(), true, false)));
		names.removeIf((name) -> isScopedProxy(beanFactory, name));
		return names;
	}

	private static boolean isScopedProxy(ConfigurableListableBeanFactory beanFactory, String name) {
		BeanDefinition definition = beanFactory.containsBeanDefinition(name) ? beanFactory.getBeanDefinition(name)
				: null;
		return definition != null && ScopedProxyFactoryBean.class.getName().equals(definition.getBeanClassName());
	}

	private static @Nullable ConfigurableListableBeanFactory parentOf(ConfigurableListableBeanFactory beanFactory) {
		return (beanFactory.getParentBeanFactory() instanceof ConfigurableListableBeanFactory parent) ? parent : null;
	}

}
