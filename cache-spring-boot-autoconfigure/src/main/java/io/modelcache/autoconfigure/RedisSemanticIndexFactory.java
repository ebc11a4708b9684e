package io.modelcache.autoconfigure;

import io.modelcache.chat.semantic.RedisSemanticIndex;
import io.modelcache.chat.semantic.SemanticIndex;
import io.modelcache.store.redis.VectorSetsMissingException;

import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Makes the index in Redis over the connection factory of the store.
 *
 * @param store knows the connection factory
 * @param properties the settings
 */
record RedisSemanticIndexFactory(RedisStoreFactory store,
		ModelCacheProperties properties) implements SemanticIndexFactory {

	private static final String INDEX = "modelCacheRedisSemanticIndex";

	@Override
	public void check(String property) {
		this.store.check(property);
	}

	/**
	 * Make the index. It is closed before its connection factory is. A server that is
	 * down may turn out to have vector sets later, one that is up and has none will not.
	 * @throws ProviderUnavailableException if the server has no vector sets
	 */
	@Override
	public SemanticIndex create() {
		String name = this.store.chosen("modelcache.semantic.index");
		RedisSemanticIndex index;
		try {
			index = RedisSemanticIndex.builder(this.store.beanFactory().getBean(name, RedisConnectionFactory.class))
				.keyPrefix(this.properties.redis().keyPrefix())
				.timeout(this.properties.guard().timeout())
				.build();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("modelcache.semantic.index", "redis", ex.getMessage());
		}
		if (this.store.beanFactory() instanceof DefaultSingletonBeanRegistry registry) {
			registry.registerDisposableBean(INDEX, index::close);
			registry.registerDependentBean(name, INDEX);
		}
		verify(index);
		return index;
	}

	private static void verify(RedisSemanticIndex index) {
		try {
			index.verify();
		}
		catch (VectorSetsMissingException ex) {
			throw new ProviderUnavailableException(CacheProvider.SEMANTIC, "modelcache.semantic.index",
					new ProviderUnavailableException.Problem("the server has no vector sets",
							"Use Redis 8 or later, or remove modelcache.semantic.index, so that each instance has an index of its own."));
		}
		catch (RuntimeException ex) {
			// said when it is used
		}
	}

}
