package io.modelcache.autoconfigure;

import java.time.Duration;

import io.modelcache.chat.NonDeterministic;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The properties that count for one bean: its own, else those of its kind, else those for
 * all.
 */
final class ModelSettings {

	private final ModelCacheProperties all;

	private final ModelCacheProperties.Model own;

	private final ModelKind kind;

	private final String prefix;

	ModelSettings(ModelCacheProperties properties, String beanName, ModelKind kind) {
		this.all = properties;
		this.own = properties.getModels().getOrDefault(beanName, new ModelCacheProperties.Model());
		this.kind = kind;
		this.prefix = "modelcache.models." + beanName;
	}

	/**
	 * Return the property that switches the decoration off.
	 * @return the property, or {@code null} if it is on
	 */
	@Nullable String disabledBy() {
		if (this.own.getEnabled() != null) {
			return this.own.getEnabled() ? null : this.prefix + ".enabled=false";
		}
		boolean chat = this.kind == ModelKind.CHAT;
		boolean enabled = chat ? this.all.getChat().isEnabled() : this.all.getEmbedding().isEnabled();
		return enabled ? null : (chat ? "modelcache.chat.enabled=false" : "modelcache.embedding.enabled=false");
	}

	CacheProvider provider() {
		CacheProvider ofKind = (this.kind == ModelKind.CHAT) ? this.all.getChat().getProvider()
				: this.all.getEmbedding().getProvider();
		return first(this.own.getProvider(), first(ofKind, this.all.getProvider()));
	}

	/**
	 * Return the property that sets the provider.
	 */
	String providerProperty() {
		if (this.own.getProvider() != null) {
			return this.prefix + ".provider";
		}
		if (this.kind == ModelKind.CHAT && this.all.getChat().getProvider() != null) {
			return "modelcache.chat.provider";
		}
		if (this.kind == ModelKind.EMBEDDING && this.all.getEmbedding().getProvider() != null) {
			return "modelcache.embedding.provider";
		}
		return "modelcache.provider";
	}

	@Nullable Duration ttl() {
		TimeToLive ofKind = (this.kind == ModelKind.CHAT) ? first(this.all.getChat().getTtl(), this.all.getTtl())
				: this.all.getEmbedding().getTtl();
		return first(this.own.getTtl(), ofKind).duration();
	}

	String namespace() {
		return first(this.own.getNamespace(), this.all.getNamespace());
	}

	DataSize maxEntrySize() {
		return first(this.own.getMaxEntrySize(), this.all.getMaxEntrySize());
	}

	@Nullable String modelId() {
		return this.own.getModelId();
	}

	boolean toolCalls() {
		return first(this.own.getToolCalls(), this.all.getChat().isToolCalls());
	}

	NonDeterministic nonDeterministic() {
		return first(this.own.getNonDeterministic(), this.all.getChat().getNonDeterministic());
	}

	boolean queries() {
		return first(this.own.getQueries(), this.all.getEmbedding().isQueries());
	}

	int batchSize() {
		return first(this.own.getBatchSize(), this.all.getEmbedding().getBatchSize());
	}

	private static <T> T first(@Nullable T own, T other) {
		return (own != null) ? own : other;
	}

}
