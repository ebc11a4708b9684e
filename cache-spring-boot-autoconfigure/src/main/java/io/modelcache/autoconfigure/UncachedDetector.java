package io.modelcache.autoconfigure;

import java.lang.reflect.Method;

import io.modelcache.Uncached;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.MethodMetadata;

/**
 * Finds {@link Uncached} on the class of a bean or on its {@code @Bean} method.
 * <p>
 * It reads definitions only: asking the bean factory for annotations on a bean would ask
 * for the type of the bean, which is being predicted at that moment.
 */
final class UncachedDetector {

	private final ConfigurableListableBeanFactory beanFactory;

	UncachedDetector(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	boolean isUncached(String beanName, Class<?> type) {
		if (AnnotatedElementUtils.hasAnnotation(type, Uncached.class)) {
			return true;
		}
		if (!this.beanFactory.containsBeanDefinition(beanName)) {
			return false;
		}
		BeanDefinition definition = this.beanFactory.getBeanDefinition(beanName);
		return isOnFactoryMethod(definition) || isOnResolvedMethod(definition) || isOnDeclaredClass(definition);
	}

	/**
	 * The declared class may be that of a factory bean.
	 */
	private static boolean isOnDeclaredClass(BeanDefinition definition) {
		Class<?> declared = definition.getResolvableType().resolve();
		if (declared != null) {
			return AnnotatedElementUtils.hasAnnotation(declared, Uncached.class);
		}
		return definition.getFactoryMethodName() == null && definition instanceof AnnotatedBeanDefinition annotated
				&& annotated.getMetadata().isAnnotated(Uncached.class.getName());
	}

	private static boolean isOnFactoryMethod(BeanDefinition definition) {
		MethodMetadata method = (definition instanceof AnnotatedBeanDefinition annotated)
				? annotated.getFactoryMethodMetadata() : null;
		return method != null && method.isAnnotated(Uncached.class.getName());
	}

	/**
	 * A definition that was made ahead of time knows its method but no metadata.
	 */
	private static boolean isOnResolvedMethod(@Nullable BeanDefinition definition) {
		Method method = (definition instanceof RootBeanDefinition root) ? root.getResolvedFactoryMethod() : null;
		return method != null && AnnotatedElementUtils.hasAnnotation(method, Uncached.class);
	}

}
