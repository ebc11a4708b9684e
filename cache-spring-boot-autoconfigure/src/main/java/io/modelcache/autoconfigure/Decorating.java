package io.modelcache.autoconfigure;

import io.modelcache.CacheScopeResolver;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * The parts that decorate the models of one application context.
 * <p>
 * They are put together by hand: a parameter of a bean method is searched by type, for
 * which the container creates factory beans and what those depend on, and these parts are
 * needed when it is too early for that.
 *
 * @param beanFactory where the models are
 * @param plan decides what is decorated
 * @param injections lets models be injected by their concrete classes
 * @param stores has the stores
 * @param scopes says for whom an answer is
 * @param semantic finds answers to questions that mean the same
 * @param decorator builds the decorators
 * @param report knows what came of it
 */
record Decorating(ConfigurableListableBeanFactory beanFactory, DecorationPlan plan, ConcreteInjections injections,
		CacheStores stores, ScopeResolvers scopes, SemanticLayer semantic, ModelDecorator decorator,
		DecorationReport report) {

	/**
	 * The name of the bean, by which a parameter of the same name is found without a
	 * search.
	 */
	static final String BEAN_NAME = "modelCacheDecorating";

	/**
	 * Return the parts that belong to a bean factory, put together when they are first
	 * needed.
	 */
	static Decorating in(BeanFactory beanFactory) {
		if (beanFactory instanceof ConfigurableListableBeanFactory configurable
				&& !configurable.containsSingleton(BEAN_NAME)) {
			configurable.registerSingleton(BEAN_NAME, create(configurable));
		}
		return beanFactory.getBean(BEAN_NAME, Decorating.class);
	}

	private static Decorating create(ConfigurableListableBeanFactory beanFactory) {
		Environment environment = beanFactory.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME,
				Environment.class);
		DecorationPlan plan = new DecorationPlan(environment, beanFactory);
		CacheStores stores = new CacheStores(new StoreStacks(plan.properties(), beanFactory), beanFactory);
		ScopeResolvers scopes = new ScopeResolvers(beanFactory.getBeanProvider(CacheScopeResolver.class, false),
				beanFactory.getBeanClassLoader());
		SemanticLayer semantic = new SemanticLayer(plan.properties(), beanFactory);
		ModelDecorator decorator = new ModelDecorator(plan, stores, scopes, semantic, beanFactory);
		return new Decorating(beanFactory, plan, new ConcreteInjections(beanFactory, plan), stores, scopes, semantic,
				decorator, new DecorationReport(beanFactory, plan, decorator));
	}

}
