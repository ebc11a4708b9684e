package io.modelcache.autoconfigure;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Finds out which concrete classes the decorators will hide, as long as the definitions
 * still say it.
 */
final class ConcreteInjectionSupport implements BeanFactoryPostProcessor {

	private final DecorationPlan plan;

	private final ConcreteInjections injections;

	ConcreteInjectionSupport(DecorationPlan plan, ConcreteInjections injections) {
		this.plan = plan;
		this.injections = injections;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		for (ModelKind kind : ModelKind.values()) {
			for (String name : beanFactory.getBeanNamesForType(kind.model(), true, false)) {
				Class<?> type = beanFactory.isFactoryBean(name) ? null : beanFactory.getType(name, false);
				if (type != null) {
					allow(name, type);
				}
			}
		}
	}

	private void allow(String name, Class<?> type) {
		Decoration decoration = this.plan.decide(name, type);
		if (decoration != null && decoration.decorated()) {
			this.injections.allow(name, type, decoration.kind().decorator());
		}
	}

}
