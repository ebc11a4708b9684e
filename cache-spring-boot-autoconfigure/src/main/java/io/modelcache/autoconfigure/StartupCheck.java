package io.modelcache.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

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

	private final ScopeResolvers scopes;

	private final SemanticLayer semantic;

	private final Supplier<List<UnknownNameException>> unknown;

	StartupCheck(DecorationPlan plan, DecorationReport report, CacheStores stores, ScopeResolvers scopes,
			SemanticLayer semantic, Supplier<List<UnknownNameException>> unknown) {
		this.plan = plan;
		this.report = report;
		this.stores = stores;
		this.scopes = scopes;
		this.semantic = semantic;
		this.unknown = unknown;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<Decoration> decorations = this.report.decorations();
		checkProviders(decorations);
		checkScopes(decorations);
		checkNames(decorations);
		this.unknown.get().forEach(this::warnOrFail);
		decorations.forEach(StartupCheck::say);
	}

	/**
	 * The providers of all models are checked, also of those that are not created yet.
	 */
	private void checkProviders(List<Decoration> decorations) {
		for (Decoration decoration : decorations) {
			if (decoration.decorated()) {
				ModelSettings settings = this.plan.settings(decoration.beanName(), decoration.kind());
				this.stores.check(settings.store(), settings.storeProperty());
				if (settings.semantic()) {
					this.semantic.check(settings);
					this.semantic.prepare(settings);
				}
				DistributedFlightCheck.check(settings);
			}
		}
	}

	private void checkScopes(List<Decoration> decorations) {
		this.scopes.check(this.plan.properties().scope(), "modelcache.scope");
		for (Decoration decoration : decorations) {
			ModelSettings settings = this.plan.settings(decoration.beanName(), decoration.kind());
			this.scopes.check(settings.scope(), settings.scopeProperty());
		}
	}

	private void checkNames(List<Decoration> decorations) {
		List<String> beanNames = decorations.stream().map(Decoration::beanName).toList();
		List<String> unknown = new ArrayList<>(this.plan.properties().models().keySet());
		beanNames.forEach((beanName) -> unknown.removeIf((name) -> ModelCacheProperties.isSameName(name, beanName)));
		for (String name : unknown) {
			warnOrFail(UnknownNameException.ofModel(name, beanNames));
		}
	}

	private void warnOrFail(UnknownNameException failure) {
		if (this.plan.properties().strict()) {
			throw failure;
		}
		logger.warn("{}", failure.getMessage());
	}

	private static void say(Decoration decoration) {
		switch (decoration.verdict()) {
			case CACHED ->
				logger.info("{} '{}' is cached: {}", decoration.kind(), decoration.beanName(), decoration.detail());
			case OPTED_OUT ->
				logger.info("{} '{}' is not cached: {}", decoration.kind(), decoration.beanName(), decoration.detail());
			case IMPOSSIBLE ->
				logger.warn("{} '{}' is NOT cached: {}", decoration.kind(), decoration.beanName(), decoration.detail());
			case UNIDENTIFIED -> logger.debug("{} '{}' warned already that {}", decoration.kind(),
					decoration.beanName(), decoration.detail());
		}
	}

}
