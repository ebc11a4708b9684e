package io.modelcache.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.core.Ordered;

/**
 * Puts a cache around each model bean once it is initialized, and says beforehand that it
 * will.
 * <p>
 * It comes before the proxies of aspects, so that an aspect on a model, such as a
 * security check, sees answers from the cache too.
 */
final class ModelPostProcessor implements SmartInstantiationAwareBeanPostProcessor, Ordered {

	private final DecorationPlan plan;

	private final ObjectProvider<ModelDecorator> decorator;

	private final Map<String, Object> early = new ConcurrentHashMap<>();

	ModelPostProcessor(DecorationPlan plan, ObjectProvider<ModelDecorator> decorator) {
		this.plan = plan;
		this.decorator = decorator;
	}

	@Override
	public int getOrder() {
		return 0;
	}

	@Override
	public @Nullable Class<?> predictBeanType(Class<?> beanClass, String beanName) {
		Decoration decoration = this.plan.decide(beanName, beanClass);
		return (decoration != null && decoration.decorated()) ? decoration.kind().decorator() : null;
	}

	@Override
	public Object getEarlyBeanReference(Object bean, String beanName) {
		this.early.put(beanName, bean);
		return decorate(bean, beanName);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return (this.early.remove(beanName) == bean) ? bean : decorate(bean, beanName);
	}

	private Object decorate(Object bean, String beanName) {
		if (bean instanceof ScopedObject) {
			return bean;
		}
		Decoration decoration = this.plan.decide(beanName, bean.getClass());
		if (decoration == null || !decoration.decorated()) {
			return bean;
		}
		ModelSettings settings = this.plan.settings(decoration.beanName(), decoration.kind());
		return this.decorator.getObject().decorate(bean, decoration, settings);
	}

}
