package io.modelcache.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/**
 * Says what to type when a bean is not found by the concrete class of its model, because
 * its decorator hides that class.
 * <p>
 * It comes before the analyzers of Spring Boot, which would suggest to declare a bean
 * that is there.
 */
final class HiddenModelFailureAnalyzer extends AbstractFailureAnalyzer<BeansException> implements Ordered {

	private final @Nullable ConfigurableListableBeanFactory beanFactory;

	HiddenModelFailureAnalyzer(@Nullable BeanFactory beanFactory) {
		this.beanFactory = (beanFactory instanceof ConfigurableListableBeanFactory listable) ? listable : null;
	}

	@Override
	public int getOrder() {
		return -10;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BeansException cause) {
		BeanNotOfRequiredTypeException wrongType = findCause(rootFailure, BeanNotOfRequiredTypeException.class);
		if (wrongType != null) {
			return isDecorator(wrongType.getActualType())
					? analysis(wrongType, wrongType.getBeanName(), wrongType.getRequiredType()) : null;
		}
		NoSuchBeanDefinitionException noSuchBean = findCause(rootFailure, NoSuchBeanDefinitionException.class);
		if (noSuchBean == null || noSuchBean.getNumberOfBeansFound() > 0) {
			return null;
		}
		Class<?> type = noSuchBean.getBeanType();
		String beanName = (type != null) ? hiddenBean(type, isInjection(rootFailure, noSuchBean)) : null;
		return (type != null && beanName != null) ? analysis(noSuchBean, beanName, type) : null;
	}

	private static boolean isDecorator(Class<?> type) {
		for (ModelKind kind : ModelKind.values()) {
			if (kind.decorator().isAssignableFrom(type)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isInjection(Throwable rootFailure, NoSuchBeanDefinitionException noSuchBean) {
		for (Throwable level = rootFailure; level != null; level = level.getCause()) {
			if (level instanceof UnsatisfiedDependencyException && level.getCause() == noSuchBean) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Injection by the concrete class works for all beans but those of parent contexts
	 * and targets of scoped proxies; if it failed for others, they had the wrong
	 * qualifier.
	 */
	private @Nullable String hiddenBean(Class<?> type, boolean injection) {
		ConfigurableListableBeanFactory factory = this.beanFactory;
		while (factory != null) {
			boolean local = (factory == this.beanFactory);
			for (String name : factory.getBeanDefinitionNames()) {
				BeanDefinition definition = factory.getBeanDefinition(name);
				Class<?> hidden = HiddenTypes.behind(definition);
				if (hidden != null && type.isAssignableFrom(hidden)
						&& !(injection && local && definition.isAutowireCandidate())) {
					return name;
				}
			}
			factory = (factory.getParentBeanFactory() instanceof ConfigurableListableBeanFactory parent) ? parent
					: null;
		}
		return null;
	}

	private static FailureAnalysis analysis(BeansException cause, String name, Class<?> type) {
		String beanName = DecorationPlan.applicationName(name);
		return new FailureAnalysis(
				"The model bean '%s' was looked for as %s, but a cache is around it that is not of that type."
					.formatted(beanName, type.getName()),
				HiddenModelAdvice.of(beanName, type), cause);
	}

}
