package io.modelcache.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.modelcache.autoconfigure.ModelCacheProperties.ConcreteInjection;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.embedding.CachingEmbeddingModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Lets a model still be injected by its concrete class, which its decorator is not: what
 * is injected is the model itself, without a cache.
 * <p>
 * A class that several models have is left alone unless one of them is primary, for the
 * container could not tell them apart.
 */
final class ConcreteInjectionSupport implements BeanFactoryPostProcessor {

	private static final Logger logger = LoggerFactory.getLogger(ConcreteInjectionSupport.class);

	private final DecorationPlan plan;

	ConcreteInjectionSupport(DecorationPlan plan) {
		this.plan = plan;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		Map<Class<?>, List<String>> beansByType = new LinkedHashMap<>();
		for (ModelKind kind : ModelKind.values()) {
			for (String name : beanFactory.getBeanNamesForType(kind.model(), true, false)) {
				typesOf(beanFactory, name)
					.forEach((type) -> beansByType.computeIfAbsent(type, (key) -> new ArrayList<>()).add(name));
			}
		}
		beansByType.forEach((type, names) -> {
			String name = single(beanFactory, names);
			if (name != null) {
				ObjectFactory<Object> model = () -> inject(beanFactory, name, type);
				beanFactory.registerResolvableDependency(type, model);
			}
		});
	}

	private Iterable<Class<?>> typesOf(ConfigurableListableBeanFactory beanFactory, String name) {
		Class<?> type = beanFactory.getType(name, false);
		if (type == null || beanFactory.isFactoryBean(name)) {
			return List.of();
		}
		Decoration decoration = this.plan.decide(name, type);
		return (decoration != null && decoration.decorated()) ? ConcreteTypes.of(type, decoration.kind().decorator())
				: List.of();
	}

	private static @Nullable String single(ConfigurableListableBeanFactory beanFactory, List<String> names) {
		if (names.size() == 1) {
			return names.get(0);
		}
		List<String> primary = names.stream()
			.filter((name) -> beanFactory.containsBeanDefinition(name)
					&& beanFactory.getMergedBeanDefinition(name).isPrimary())
			.toList();
		return (primary.size() == 1) ? primary.get(0) : null;
	}

	private Object inject(ConfigurableListableBeanFactory beanFactory, String name, Class<?> type) {
		String beanName = DecorationPlan.applicationName(name);
		if (this.plan.properties().getConcreteInjection() == ConcreteInjection.FAIL) {
			throw new ConcreteInjectionException(beanName, type);
		}
		logger.warn("Model bean '{}' is injected as {} and bypasses the cache there. Inject it as ChatModel or "
				+ "EmbeddingModel, or mark the bean @Uncached if that is intended", beanName, type.getName());
		return undecorated(beanFactory.getBean(name));
	}

	private static Object undecorated(Object bean) {
		if (bean instanceof CachingChatModel caching) {
			return caching.getDelegate();
		}
		return (bean instanceof CachingEmbeddingModel caching) ? caching.getDelegate() : bean;
	}

}
