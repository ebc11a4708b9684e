package io.modelcache.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.modelcache.embedding.CachingEmbeddingModel;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyFactoryBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Knows which model beans are cached, which are not, and why.
 */
final class DecorationReport {

	private static final String TOO_EARLY = "it was created before the cache was ready, by a condition or a "
			+ "post-processor that needs it";

	private final ConfigurableListableBeanFactory beanFactory;

	private final DecorationPlan plan;

	DecorationReport(ConfigurableListableBeanFactory beanFactory, DecorationPlan plan) {
		this.beanFactory = beanFactory;
		this.plan = plan;
	}

	/**
	 * Return what became of each model bean, or will when it is created; none is created
	 * for that.
	 */
	List<Decoration> decorations() {
		Map<String, Decoration> decorations = new LinkedHashMap<>();
		for (ModelKind kind : ModelKind.values()) {
			for (String name : this.beanFactory.getBeanNamesForType(kind.model(), true, false)) {
				if (!isScopedProxy(name)) {
					Decoration decoration = decoration(name, kind);
					decorations.putIfAbsent(decoration.beanName(), decoration);
				}
			}
		}
		return new ArrayList<>(decorations.values());
	}

	private Decoration decoration(String name, ModelKind kind) {
		String beanName = DecorationPlan.applicationName(name);
		Object bean = isPlainSingleton(name) ? this.beanFactory.getSingleton(name) : null;
		if (bean instanceof CachingEmbeddingModel embedding && embedding.getModelName() == null) {
			return Decoration.impossible(beanName, kind,
					"its model is not known; set modelcache.models.%s.model-id".formatted(beanName));
		}
		Class<?> type = (bean != null) ? bean.getClass() : this.beanFactory.getType(name, false);
		if (type == null || kind.decorator().isAssignableFrom(type)) {
			return Decoration.by(beanName, kind, this.plan.settings(beanName, kind).provider());
		}
		Decoration planned = this.plan.decide(name, type);
		if (planned == null) {
			return Decoration.impossible(beanName, kind, "%s is not decorated".formatted(type.getName()));
		}
		return (planned.decorated() && bean != null) ? Decoration.impossible(beanName, kind, TOO_EARLY) : planned;
	}

	private boolean isPlainSingleton(String name) {
		return this.beanFactory.containsSingleton(name) && !this.beanFactory.isFactoryBean(name);
	}

	private boolean isScopedProxy(String name) {
		@Nullable String type = this.beanFactory.containsBeanDefinition(name)
				? this.beanFactory.getBeanDefinition(name).getBeanClassName() : null;
		return ScopedProxyFactoryBean.class.getName().equals(type);
	}

}
