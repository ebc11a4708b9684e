package io.modelcache.autoconfigure;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Finds out which concrete classes the decorators will hide, as long as the definitions
 * still say it.
 */
final class ConcreteInjectionSupport implements BeanFactoryPostProcessor {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		Decorating decorating = Decorating.in(beanFactory);
		for (ModelKind kind : ModelKind.values()) {
			for (String name : beanFactory.getBeanNamesForType(kind.model(), true, false)) {
				Class<?> type = beanFactory.isFactoryBean(name) ? null : beanFactory.getType(name, false);
				if (type != null) {
					allow(decorating, name, type);
				}
			}
		}
	}

	private static void allow(Decorating decorating, String name, Class<?> type) {
		Decoration decoration = decorating.plan().decide(name, type);
		if (decoration != null && decoration.decorated()) {
			decorating.injections().allow(name, type, decoration.kind().decorator());
		}
	}

}
