package io.modelcache.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

import io.modelcache.autoconfigure.ModelCacheProperties.ConcreteInjection;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.embedding.CachingEmbeddingModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Lets a model still be injected by its concrete class, which its decorator is not: what
 * is injected is the model itself, without a cache.
 * <p>
 * The container asks for the types that were {@link #allow allowed} and gives no name, so
 * the choice between several models is made here, with a look at the place of injection.
 */
final class ConcreteInjections {

	private static final Logger logger = LoggerFactory.getLogger(ConcreteInjections.class);

	private static final Object NOTHING = new Object();

	private final ConfigurableListableBeanFactory beanFactory;

	private final DecorationPlan plan;

	private final BeanChoice choice;

	private final Map<Class<?>, Set<String>> names = new ConcurrentHashMap<>();

	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	ConcreteInjections(ConfigurableListableBeanFactory beanFactory, DecorationPlan plan) {
		this.beanFactory = beanFactory;
		this.plan = plan;
		this.choice = new BeanChoice(beanFactory);
	}

	/**
	 * Allow that a model is injected by what its decorator hides. The product of a
	 * factory bean has the type that the factory says, so nothing can be done for it.
	 * @param beanName the name of its definition
	 * @param type its class
	 * @param decorator the class of its decorator
	 */
	void allow(String beanName, Class<?> type, Class<?> decorator) {
		if (!this.beanFactory.containsBeanDefinition(beanName) || this.beanFactory.isFactoryBean(beanName)) {
			return;
		}
		for (Class<?> hidden : HiddenTypes.of(type, decorator)) {
			HiddenTypes.remember(this.beanFactory, beanName, type);
			this.names.computeIfAbsent(hidden, this::register).add(beanName);
		}
	}

	private Set<String> register(Class<?> type) {
		ObjectFactory<Object> model = () -> resolve(type);
		this.beanFactory.registerResolvableDependency(type, model);
		return new ConcurrentSkipListSet<>();
	}

	/**
	 * Return the model for the current place of injection.
	 * @return the model, or something of another type, which the container ignores, if
	 * there is none for that place or if the container finds it without help
	 */
	private Object resolve(Class<?> type) {
		InjectionSite current = this.beanFactory.getBean(InjectionSite.BEAN_NAME, InjectionSite.class);
		if (current.type() != type) {
			return NOTHING;
		}
		String beanName = current.single() ? one(type, current) : all(type, current);
		return (beanName != null) ? model(beanName, type, current) : NOTHING;
	}

	private @Nullable String one(Class<?> type, InjectionSite current) {
		Set<String> visible = Set.of(this.beanFactory.getBeanNamesForType(type));
		Set<String> candidates = new LinkedHashSet<>(visible);
		candidates.addAll(this.names.getOrDefault(type, Set.of()));
		String chosen = this.choice.injected(candidates, current.descriptor());
		return (chosen == null || visible.contains(chosen)) ? null : chosen;
	}

	/**
	 * The container takes one more bean only, and without its name.
	 */
	private @Nullable String all(Class<?> type, InjectionSite current) {
		List<String> hidden = new ArrayList<>(this.names.getOrDefault(type, Set.of()));
		hidden.removeIf((name) -> this.beanFactory.isTypeMatch(name, type));
		if (hidden.size() > 1 || (current.named() && !hidden.isEmpty())) {
			throw ConcreteInjectionException.ofSeveral(hidden, type, current);
		}
		return hidden.isEmpty() ? null : hidden.get(0);
	}

	private Object model(String name, Class<?> type, InjectionSite current) {
		Object bean = this.beanFactory.getBean(name);
		if (type.isInstance(bean)) {
			return bean;
		}
		String beanName = DecorationPlan.applicationName(name);
		if (this.plan.properties().concreteInjection() == ConcreteInjection.FAIL) {
			throw ConcreteInjectionException.forbidden(beanName, type, current);
		}
		Object model = undecorated(bean);
		if (model != NOTHING && this.warned.add(beanName)) {
			logger.warn(
					"Model bean '{}' is injected as {} into {} and bypasses the cache there. Inject it as {}, or mark "
							+ "the bean @Uncached if that is intended",
					beanName, type.getName(), current, ModelKind.nameOf(model.getClass()));
		}
		return model;
	}

	private static Object undecorated(Object bean) {
		if (bean instanceof CachingChatModel caching) {
			return caching.getDelegate();
		}
		return (bean instanceof CachingEmbeddingModel caching) ? caching.getDelegate() : NOTHING;
	}

}
