package io.modelcache.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.modelcache.AnswerFeedback;
import io.modelcache.CacheStatus;
import io.modelcache.autoconfigure.SemanticProperties.IndexKind;
import io.modelcache.chat.ChatCacheLayer;
import io.modelcache.chat.semantic.AnswerJudge;
import io.modelcache.chat.semantic.EmbeddedSemanticIndex;
import io.modelcache.chat.semantic.SemanticCaching;
import io.modelcache.chat.semantic.SemanticIndex;
import io.modelcache.chat.semantic.SemanticRules;
import io.modelcache.chat.semantic.SemanticVerifier;
import io.modelcache.chat.semantic.WrongHitShare;
import io.modelcache.embedding.CachingEmbeddingModel;
import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The semantic layers of the application, one for all models whose questions are compared
 * in the same way, made at the end of the start-up or with the first question. They share
 * an index.
 */
final class SemanticLayer implements AnswerFeedback {

	private static final Logger logger = LoggerFactory.getLogger("io.modelcache");

	private final ModelCacheProperties properties;

	private final ConfigurableListableBeanFactory beanFactory;

	private final Map<SemanticProperties, SemanticCaching> layers = new ConcurrentHashMap<>();

	private @Nullable SemanticIndex index;

	SemanticLayer(ModelCacheProperties properties, ConfigurableListableBeanFactory beanFactory) {
		this.properties = properties;
		this.beanFactory = beanFactory;
	}

	/**
	 * Return the rules that the properties ask for.
	 * @throws IllegalArgumentException if a language or a guard is not known
	 */
	static SemanticRules rules(SemanticProperties semantic) {
		return new SemanticRules(semantic.languages(), semantic.maxInput(), semantic.disabledGuards());
	}

	/**
	 * Return the layer of a model, which is made with the first question, because it
	 * takes an embedding model that may be created later than the model.
	 */
	ChatCacheLayer late(ModelSettings settings) {
		return (exact, context) -> new LateChatCache(exact, () -> get(settings).over(exact, context),
				context.failures());
	}

	/**
	 * Make the layer of a model, unless its embedding model is to be created with the
	 * first question.
	 * @throws ProviderUnavailableException if it cannot be made
	 */
	void prepare(ModelSettings settings) {
		if (this.beanFactory.containsSingleton(chosen(settings))) {
			get(settings);
		}
	}

	private synchronized SemanticCaching get(ModelSettings settings) {
		SemanticProperties semantic = settings.semanticProperties();
		SemanticCaching made = this.layers.get(semantic);
		if (made == null) {
			made = create(chosen(settings), semantic);
			this.layers.put(semantic, made);
		}
		return made;
	}

	/**
	 * Check that the layer of a model can be made, without making it.
	 * @throws ProviderUnavailableException if it cannot
	 */
	void check(ModelSettings settings) {
		chosen(settings);
		if (this.properties.semantic().index() == IndexKind.REDIS) {
			indexFactory();
		}
	}

	@Override
	public boolean reportWrong(CacheStatus status) {
		return this.layers.values().stream().anyMatch((layer) -> layer.reportWrong(status));
	}

	@Override
	public @Nullable String questionBehind(CacheStatus status) {
		return this.layers.values()
			.stream()
			.map((layer) -> layer.questionBehind(status))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	@Override
	public Set<Fingerprint> answersBehind(String key) {
		return this.layers.values()
			.stream()
			.flatMap((layer) -> layer.answersBehind(key).stream())
			.collect(Collectors.toSet());
	}

	/**
	 * Return how often answers of a model to similar questions were wrong.
	 * @return the share, or {@code null} if it has not answered yet
	 */
	@Nullable WrongHitShare wrongHitShare(String beanName) {
		return this.layers.values()
			.stream()
			.map((layer) -> layer.wrongHitShare(beanName))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Return the embedding model by which questions are compared, unless a model has one
	 * of its own.
	 * @param property the property that asks for it
	 * @throws ProviderUnavailableException if there is none to be chosen
	 */
	EmbeddingModel embeddingModel(String property) {
		String chosen = chosen(this.properties.semantic().embeddingModel(), "modelcache.semantic.embedding-model",
				property);
		return this.beanFactory.getBean(chosen, EmbeddingModel.class);
	}

	private SemanticCaching create(String beanName, SemanticProperties semantic) {
		EmbeddingModel model = this.beanFactory.getBean(beanName, EmbeddingModel.class);
		SemanticCaching.Builder builder = SemanticCaching.builder(model, modelId(beanName, model))
			.index(index())
			.rules(rules(semantic))
			.guarded(semantic.guarded())
			.threshold(semantic.threshold())
			.maxTurns(semantic.maxTurns())
			.maxErrorRate(semantic.maxErrorRate())
			.shadowRate(semantic.shadowRate())
			.judge(this.beanFactory.getBeanProvider(AnswerJudge.class, false).getIfAvailable());
		this.beanFactory.getBeanProvider(SemanticVerifier.class, false).orderedStream().forEach(builder::verifier);
		SemanticCaching made = builder.build();
		say(beanName, made, semantic);
		return made;
	}

	private static void say(String beanName, SemanticCaching made, SemanticProperties semantic) {
		logger.info("Similar questions are found by '{}' from a cosine of {}; the texts of questions are stored with "
				+ "their answers", beanName, made.threshold());
		if (!made.calibrated() && semantic.threshold() == null) {
			logger.warn(
					"The embedding model of '{}' is not one whose similarities were measured, so the threshold is a "
							+ "careful guess: see docs/semantic.md for how to calibrate modelcache.semantic.threshold",
					beanName);
		}
		if (semantic.shadowRate() == 0) {
			logger
				.info("modelcache.semantic.max-error-rate is not enforced while modelcache.semantic.shadow-rate is 0");
		}
	}

	private SemanticIndex index() {
		SemanticIndex made = this.index;
		if (made == null) {
			made = createIndex();
			this.index = made;
		}
		return made;
	}

	private SemanticIndex createIndex() {
		SemanticIndex own = this.beanFactory.getBeanProvider(SemanticIndex.class, false).getIfAvailable();
		if (own != null) {
			return own;
		}
		SemanticProperties semantic = this.properties.semantic();
		return (semantic.index() == IndexKind.REDIS) ? indexFactory().create()
				: EmbeddedSemanticIndex.builder().maximumEntries(semantic.maximumEntries()).build();
	}

	private SemanticIndexFactory indexFactory() {
		SemanticIndexFactory factory = this.beanFactory.getBeanProvider(SemanticIndexFactory.class, false)
			.stream()
			.findAny()
			.orElseThrow(() -> ProviderUnavailableException.missing(CacheProvider.REDIS, "modelcache.semantic.index"));
		factory.check("modelcache.semantic.index");
		return factory;
	}

	/**
	 * What tells the vectors of one model from those of another.
	 */
	private String modelId(String beanName, EmbeddingModel model) {
		String configured = new ModelSettings(this.properties, beanName, ModelKind.EMBEDDING).modelId();
		if (configured != null) {
			return configured;
		}
		String known = (model instanceof CachingEmbeddingModel caching) ? caching.getModelName()
				: CachingEmbeddingModel.modelNameOf(model);
		return (known != null) ? known : beanName;
	}

	private String chosen(ModelSettings settings) {
		return chosen(settings.semanticProperties().embeddingModel(), settings.embeddingModelProperty(),
				settings.providerProperty());
	}

	private String chosen(@Nullable String wanted, String wantedBy, String property) {
		List<String> names = List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory,
				EmbeddingModel.class, true, false));
		String chosen = (wanted != null) ? (names.contains(wanted) ? wanted : null)
				: new BeanChoice(this.beanFactory).only(names);
		if (chosen == null) {
			throw new ProviderUnavailableException(CacheProvider.SEMANTIC, property, problem(wanted, wantedBy, names));
		}
		return chosen;
	}

	private static ProviderUnavailableException.Problem problem(@Nullable String wanted, String wantedBy,
			List<String> names) {
		if (names.isEmpty()) {
			return new ProviderUnavailableException.Problem(
					"there is no bean of type EmbeddingModel to compare questions by",
					"Add the starter of a provider of embeddings, or declare a bean of type EmbeddingModel.");
		}
		String all = String.join(", ", names);
		if (wanted != null) {
			return new ProviderUnavailableException.Problem(
					"%s names '%s', and there is no bean of type EmbeddingModel of that name".formatted(wantedBy,
							wanted),
					"Set %s to one of %s.".formatted(wantedBy, all));
		}
		return new ProviderUnavailableException.Problem(
				"there are several beans of type EmbeddingModel, %s, and none of them is primary".formatted(all),
				"Set modelcache.semantic.embedding-model to the one to use, or mark it as @Primary.");
	}

}
