package io.modelcache.autoconfigure;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;

/**
 * Puts a cache around each model bean once it is initialized, and says beforehand that it
 * will.
 * <p>
 * It has no order, so that it comes after the post-processors that make proxies: what
 * they apply to a model by its class, its annotations or its interfaces stays around the
 * cache and sees its answers too.
 */
final class ModelPostProcessor implements SmartInstantiationAwareBeanPostProcessor, BeanFactoryAware {

	private final Map<String, Object> early = new ConcurrentHashMap<>();

	private @Nullable Decorating decorating;

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.decorating = Decorating.in(beanFactory);
	}

	/**
	 * A bean that is declared by an interface which its decorator has too keeps the
	 * declared type.
	 */
	@Override
	public @Nullable Class<?> predictBeanType(Class<?> beanClass, String beanName) {
		Decoration decoration = decorating().plan().decide(beanName, beanClass);
		if (decoration == null || !decoration.decorated()) {
			return null;
		}
		Class<?> decorator = decoration.kind().decorator();
		return beanClass.isAssignableFrom(decorator) ? null : decorator;
	}

	@Override
	public Object getEarlyBeanReference(Object bean, String beanName) {
		this.early.put(beanName, ModelProxy.target(bean));
		return decorate(bean, beanName);
	}

	/**
	 * A bean of which others already have the decorator must leave as it came.
	 */
	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return (this.early.remove(beanName) == ModelProxy.target(bean)) ? bean : decorate(bean, beanName);
	}

	private Object decorate(Object bean, String beanName) {
		if (bean instanceof ScopedObject) {
			return bean;
		}
		Object model = ModelProxy.target(bean);
		Decoration decoration = decorating().plan().decide(beanName, model.getClass(), model != bean);
		if (decoration == null || !decoration.decorated()) {
			return bean;
		}
		decorating().injections().allow(beanName, model.getClass(), decoration.kind().decorator());
		Object decorated = decorating().decorator().decorate(model, decoration);
		return ModelProxy.wrap(bean, decorated, decoration.kind().model());
	}

	private Decorating decorating() {
		return Objects.requireNonNull(this.decorating, "The container sets the bean factory first");
	}

}
