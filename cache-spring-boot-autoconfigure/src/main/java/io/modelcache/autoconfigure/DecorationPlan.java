package io.modelcache.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Decides for each bean whether it is decorated, from its definition and the properties
 * alone, so that the answer is the same before the bean exists and after.
 */
final class DecorationPlan {

	private static final String SCOPED_TARGET = ScopedProxyUtils.getTargetBeanName("");

	private final ModelCacheProperties properties;

	private final UncachedDetector uncached;

	DecorationPlan(Environment environment, ConfigurableListableBeanFactory beanFactory) {
		this.properties = ModelCacheProperties.from(environment);
		this.uncached = new UncachedDetector(beanFactory);
	}

	ModelCacheProperties properties() {
		return this.properties;
	}

	ModelSettings settings(String beanName, ModelKind kind) {
		return new ModelSettings(this.properties, beanName, kind);
	}

	/**
	 * Decide on one bean.
	 * @param definitionName the name of its definition
	 * @param type its class, as far as known
	 * @return the decision, or {@code null} if it is no model
	 */
	@Nullable Decoration decide(String definitionName, Class<?> type) {
		ModelKind kind = ModelKind.of(type);
		if (kind == null) {
			return null;
		}
		String beanName = applicationName(definitionName);
		if (this.uncached.isUncached(definitionName, type)) {
			return Decoration.optedOut(beanName, kind, "@Uncached");
		}
		ModelSettings settings = settings(beanName, kind);
		String disabledBy = settings.disabledBy();
		if (disabledBy != null) {
			return Decoration.optedOut(beanName, kind, disabledBy);
		}
		if (settings.provider() == CacheProvider.NONE) {
			return Decoration.optedOut(beanName, kind, settings.providerProperty() + "=none");
		}
		String conflict = ModelKind.conflict(type);
		return (conflict != null) ? Decoration.impossible(beanName, kind, conflict)
				: Decoration.cached(beanName, kind, settings.toString());
	}

	/**
	 * The target of a scoped proxy is known to the application by the name of the proxy.
	 */
	static String applicationName(String definitionName) {
		return definitionName.startsWith(SCOPED_TARGET) ? definitionName.substring(SCOPED_TARGET.length())
				: definitionName;
	}

}
