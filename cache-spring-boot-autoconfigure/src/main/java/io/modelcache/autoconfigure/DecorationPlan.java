package io.modelcache.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Decides for each bean whether it is decorated, from its definition and the properties
 * alone, so that the answer is the same before the bean exists and after, unless it turns
 * out to be behind a proxy that hides nothing.
 */
final class DecorationPlan {

	private static final String SCOPED_TARGET = ScopedProxyUtils.getTargetBeanName("");

	private final ModelCacheProperties properties;

	private final UncachedDetector uncached;

	private final HiddenRoles roles = new HiddenRoles();

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
		return decide(definitionName, type, false);
	}

	/**
	 * Decide on one bean that exists.
	 * @param definitionName the name of its definition
	 * @param type its class
	 * @param proxied whether a proxy of that type stays around the decorator, so that
	 * nothing is hidden
	 * @return the decision, or {@code null} if it is no model
	 */
	@Nullable Decoration decide(String definitionName, Class<?> type, boolean proxied) {
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
		String conflict = conflict(type, proxied);
		return (conflict != null) ? Decoration.impossible(beanName, kind, conflict)
				: Decoration.cached(beanName, kind, settings.toString());
	}

	private @Nullable String conflict(Class<?> type, boolean proxied) {
		if (ModelKind.isEvery(type)) {
			return "it is a chat model and an embedding model at once";
		}
		return proxied ? null : this.roles.conflict(type);
	}

	/**
	 * The target of a scoped proxy is known to the application by the name of the proxy.
	 */
	static String applicationName(String definitionName) {
		return definitionName.startsWith(SCOPED_TARGET) ? definitionName.substring(SCOPED_TARGET.length())
				: definitionName;
	}

}
