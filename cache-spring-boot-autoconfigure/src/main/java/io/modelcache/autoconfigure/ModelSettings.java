package io.modelcache.autoconfigure;

import java.time.Duration;
import java.util.Map.Entry;

import io.modelcache.autoconfigure.ModelCacheProperties.Model;
import io.modelcache.autoconfigure.ModelCacheProperties.ScopeMode;
import io.modelcache.chat.NonDeterministic;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The settings of one model bean: its own, else those of all models of its kind, else
 * those for all.
 */
final class ModelSettings {

	private final ModelCacheProperties all;

	private final Model own;

	private final ModelKind kind;

	private final String prefix;

	ModelSettings(ModelCacheProperties properties, String beanName, ModelKind kind) {
		Entry<String, Model> written = properties.model(beanName);
		this.all = properties;
		this.own = (written != null) ? written.getValue() : Model.UNSET;
		this.kind = kind;
		this.prefix = "modelcache.models." + ((written != null) ? written.getKey() : beanName);
	}

	/**
	 * Return the property that switches the decoration off.
	 * @return the property, or {@code null} if it is on
	 */
	@Nullable String disabledBy() {
		if (this.own.enabled() != null) {
			return this.own.enabled() ? null : this.prefix + ".enabled=false";
		}
		boolean enabled = isChat() ? this.all.chat().enabled() : this.all.embedding().enabled();
		return enabled ? null : "modelcache.%s.enabled=false".formatted(this.kind.property());
	}

	CacheProvider provider() {
		return first(this.own.provider(), first(providerOfKind(), this.all.provider()));
	}

	/**
	 * Return the property that sets the provider.
	 */
	String providerProperty() {
		if (this.own.provider() != null) {
			return this.prefix + ".provider";
		}
		return (providerOfKind() != null) ? "modelcache.%s.provider".formatted(this.kind.property())
				: "modelcache.provider";
	}

	/**
	 * Tell whether similar questions may be answered.
	 */
	boolean semantic() {
		return isChat() && provider() == CacheProvider.SEMANTIC;
	}

	/**
	 * Return where the answers live. Vectors live where the answers of chat models do.
	 */
	CacheProvider store() {
		return (provider() == CacheProvider.SEMANTIC) ? this.all.semantic().store() : provider();
	}

	/**
	 * Return the property that sets where the answers live.
	 */
	String storeProperty() {
		return (provider() == CacheProvider.SEMANTIC) ? "modelcache.semantic.store" : providerProperty();
	}

	/**
	 * Return how questions are compared.
	 */
	SemanticProperties semanticProperties() {
		return this.own.semantic().over(this.all.semantic());
	}

	/**
	 * Return the property that names the embedding model by which questions are compared.
	 */
	String embeddingModelProperty() {
		return ((this.own.semantic().embeddingModel() != null) ? this.prefix : "modelcache")
				+ ".semantic.embedding-model";
	}

	@Nullable Duration ttl() {
		TimeToLive ofKind = isChat() ? first(this.all.chat().ttl(), this.all.ttl()) : this.all.embedding().ttl();
		return first(this.own.ttl(), ofKind).duration();
	}

	String namespace() {
		return first(this.own.namespace(), this.all.namespace());
	}

	DataSize maxEntrySize() {
		return first(this.own.maxEntrySize(), this.all.maxEntrySize());
	}

	Duration staleRetention() {
		return first(this.own.staleRetention(), this.all.staleRetention());
	}

	ScopeMode scope() {
		return first(this.own.scope(), this.all.scope());
	}

	/**
	 * Return the property that sets the scope.
	 */
	String scopeProperty() {
		return (this.own.scope() != null) ? this.prefix + ".scope" : "modelcache.scope";
	}

	boolean singleFlight() {
		return first(this.own.singleFlight().enabled(), this.all.singleFlight().enabled());
	}

	@Nullable Duration maxWait() {
		return first(this.own.singleFlight().maxWait(), this.all.singleFlight().maxWait()).duration();
	}

	/**
	 * Return how long the lease of a request takes.
	 * @return the time, or {@code null} if instances do not share calls
	 */
	@Nullable Duration lease() {
		ModelCacheProperties.SingleFlight forAll = this.all.singleFlight();
		boolean distributed = first(this.own.singleFlight().distributed(), forAll.distributed());
		return (isChat() && singleFlight() && distributed) ? first(this.own.singleFlight().lease(), forAll.lease())
				: null;
	}

	@Nullable String modelId() {
		return this.own.modelId();
	}

	boolean toolCalls() {
		return first(this.own.toolCalls(), this.all.chat().toolCalls());
	}

	NonDeterministic nonDeterministic() {
		return first(this.own.nonDeterministic(), this.all.chat().nonDeterministic());
	}

	boolean explain() {
		return first(this.own.explain(), this.all.explain());
	}

	boolean storePrompts() {
		return store() == CacheProvider.JDBC && this.all.jdbc().storePrompts();
	}

	boolean queries() {
		return first(this.own.queries(), this.all.embedding().queries());
	}

	int batchSize() {
		return first(this.own.batchSize(), this.all.embedding().batchSize());
	}

	@Override
	public String toString() {
		String where = semantic() ? "semantic over " + store() : store().toString();
		return "%s, ttl %s".formatted(where, new TimeToLive(ttl()));
	}

	private boolean isChat() {
		return this.kind == ModelKind.CHAT;
	}

	private @Nullable CacheProvider providerOfKind() {
		return isChat() ? this.all.chat().provider() : this.all.embedding().provider();
	}

	private static <T> T first(@Nullable T own, T other) {
		return (own != null) ? own : other;
	}

}
