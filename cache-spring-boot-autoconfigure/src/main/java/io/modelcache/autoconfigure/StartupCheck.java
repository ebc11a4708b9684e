package io.modelcache.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Checks once the application has started what only then can be checked, and says of each
 * model bean whether it is cached.
 */
final class StartupCheck implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger("io.modelcache");

	private final DecorationPlan plan;

	private final DecorationReport report;

	private final CacheStores stores;

	StartupCheck(DecorationPlan plan, DecorationReport report, CacheStores stores) {
		this.plan = plan;
		this.report = report;
		this.stores = stores;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<Decoration> decorations = this.report.decorations();
		checkProviders(decorations);
		checkNames(decorations.stream().map(Decoration::beanName).toList());
		decorations.forEach(this::say);
	}

	/**
	 * The providers of all models are checked, also of those that are not created yet.
	 */
	private void checkProviders(List<Decoration> decorations) {
		ModelCacheProperties properties = this.plan.properties();
		check(properties.getProvider(), "modelcache.provider");
		check(properties.getChat().getProvider(), "modelcache.chat.provider");
		check(properties.getEmbedding().getProvider(), "modelcache.embedding.provider");
		for (Decoration decoration : decorations) {
			ModelSettings settings = this.plan.settings(decoration.beanName(), decoration.kind());
			check(decoration.provider(), settings.providerProperty());
		}
	}

	private void check(@Nullable CacheProvider provider, String property) {
		if (provider != null && provider != CacheProvider.NONE) {
			this.stores.check(provider, property);
		}
	}

	private void checkNames(List<String> beanNames) {
		for (String name : this.plan.properties().getModels().keySet()) {
			if (!beanNames.contains(name)) {
				UnknownModelException unknown = new UnknownModelException(name, NearestName.of(name, beanNames));
				if (this.plan.properties().isStrict()) {
					throw unknown;
				}
				logger.warn("{}", unknown.getMessage());
			}
		}
	}

	private void say(Decoration decoration) {
		if (decoration.decorated()) {
			ModelSettings settings = this.plan.settings(decoration.beanName(), decoration.kind());
			TimeToLive ttl = new TimeToLive(settings.ttl());
			logger.info("{} '{}' is cached: {}, ttl {}", decoration.kind(), decoration.beanName(),
					decoration.provider(), ttl);
		}
		else if (decoration.unexpected()) {
			logger.warn("{} '{}' is NOT cached: {}", decoration.kind(), decoration.beanName(), decoration.reason());
		}
		else {
			logger.info("{} '{}' is not cached: {}", decoration.kind(), decoration.beanName(), decoration.reason());
		}
	}

}
