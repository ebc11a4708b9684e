package io.modelcache.autoconfigure.endpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.modelcache.CacheKeys;
import io.modelcache.ModelCacheManager;
import io.modelcache.autoconfigure.CacheHealth;
import io.modelcache.autoconfigure.CachedModel;
import io.modelcache.autoconfigure.CachedModels;
import io.modelcache.autoconfigure.metrics.CacheFigures;
import io.modelcache.store.FailureText;
import io.modelcache.store.StoreStats;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Shows which models are cached and what that saves, lists and evicts entries, and
 * searches questions for those who may see them.
 * <p>
 * Unlike a call to a model, an operation fails with status 503 if a store fails.
 */
@Endpoint(id = "modelcache")
final class ModelCacheEndpoint {

	private static final int FORBIDDEN = 403;

	private static final int LIMIT = 100;

	private static final int LARGEST_LIMIT = 1000;

	private final CachedModels models;

	private final CacheFigures figures;

	private final CacheHealth stores;

	private final ModelCacheManager manager;

	private final EndpointProperties properties;

	ModelCacheEndpoint(CachedModels models, CacheFigures figures, CacheHealth stores, ModelCacheManager manager,
			EndpointProperties properties) {
		this.models = models;
		this.figures = figures;
		this.stores = stores;
		this.manager = manager;
		this.properties = properties;
	}

	/**
	 * Show all models, or search stored questions.
	 * @param search the words to search for, or {@code null} to show all models
	 * @param limit how many questions are wanted, 1 to 1000
	 */
	@ReadOperation
	WebEndpointResponse<?> read(SecurityContext securityContext, @Nullable String search, @Nullable Integer limit) {
		if (search == null) {
			return new WebEndpointResponse<>(report());
		}
		if (!this.properties.showContents().isShown(securityContext, this.properties.roles())) {
			return new WebEndpointResponse<>(
					Map.of("failure", "Questions are contents: see modelcache.endpoint.show-contents"), FORBIDDEN);
		}
		int checked = check(limit);
		return respond(() -> Map.of("questions",
				this.manager.search(search, checked).stream().map(QuestionReport::of).toList()));
	}

	/**
	 * Show one model and a page of its entries.
	 * @param bean the name of the model's bean
	 * @param limit how many entries are wanted, 1 to 1000; 100 if it is not said
	 * @param cursor what the page before calls {@code next}, or {@code null} for the
	 * first one
	 */
	@ReadOperation
	WebEndpointResponse<?> entries(@Selector String bean, @Nullable Integer limit, @Nullable String cursor) {
		CachedModel model = this.models.all()
			.stream()
			.filter((known) -> known.name().equals(bean))
			.findAny()
			.orElse(null);
		if (model == null) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		int checked = check(limit);
		return respond(() -> EntriesReport.of(report(model), keys(bean, checked, cursor)));
	}

	/**
	 * Evict one entry, or all that meet some conditions.
	 * @param key a key id as a status tells it, or a whole key
	 * @param bean the name of the model's bean
	 * @param tag a label
	 * @param scope a scope, such as a tenant or a user
	 * @param all whether everything is meant
	 * @param dryRun whether to count only
	 */
	@DeleteOperation
	WebEndpointResponse<?> evict(@Nullable String key, @Nullable String bean, @Nullable String tag,
			@Nullable String scope, @Nullable Boolean all, @Nullable Boolean dryRun) {
		Eviction eviction = Eviction.of(this.manager, key, bean, tag, scope, Boolean.TRUE.equals(all));
		return respond(() -> eviction.run(this.manager, Boolean.TRUE.equals(dryRun)));
	}

	private CacheReport report() {
		Map<String, ModelReport> reports = new LinkedHashMap<>();
		this.models.all().forEach((model) -> reports.put(model.name(), report(model)));
		return new CacheReport(reports, this.stores.stores());
	}

	private ModelReport report(CachedModel model) {
		StoreStats stats = model.cached() ? this.models.count(model) : null;
		return ModelReport.of(model, (stats != null) ? stats.entries() : null, this.figures.of(model.name()),
				model.cached() ? this.models.wrongHitShare(model) : null, this.figures.currency());
	}

	private CacheKeys keys(String bean, int limit, @Nullable String cursor) {
		try {
			return this.manager.keys(bean, cursor, limit);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidEndpointRequestException("No cursor of this listing", "No cursor of this listing", ex);
		}
	}

	private static int check(@Nullable Integer limit) {
		int checked = Objects.requireNonNullElse(limit, LIMIT);
		if (checked < 1 || checked > LARGEST_LIMIT) {
			String message = "The limit is 1 to %d".formatted(LARGEST_LIMIT);
			throw new InvalidEndpointRequestException(message, message);
		}
		return checked;
	}

	private static WebEndpointResponse<?> respond(Supplier<Object> operation) {
		try {
			return new WebEndpointResponse<>(operation.get());
		}
		catch (InvalidEndpointRequestException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			return new WebEndpointResponse<>(Map.of("failure", FailureText.of(ex)),
					WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
		}
	}

}
