package io.modelcache.autoconfigure;

import java.util.List;

import io.modelcache.store.CacheStore;
import io.modelcache.store.GuardedCacheStoreBuilder;
import io.modelcache.store.redis.RedisCacheStore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Makes the store in Redis over one of the application's connection factories.
 *
 * @param beanFactory where the connection factories are
 * @param properties the settings
 */
record RedisStoreFactory(ConfigurableListableBeanFactory beanFactory,
		ModelCacheProperties.Redis properties) implements StoreFactory {

	private static final String STORE = "modelCacheRedisStore";

	@Override
	public CacheProvider provider() {
		return CacheProvider.REDIS;
	}

	@Override
	public void check(String property) {
		try {
			RedisCacheStore.requireKeyPrefix(this.properties.keyPrefix());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("modelcache.redis.key-prefix",
					this.properties.keyPrefix(), ex.getMessage() + ".");
		}
		chosen(property);
	}

	/**
	 * Make the store. It is closed before its connection factory is.
	 */
	@Override
	public CacheStore create() {
		String name = chosen("modelcache.provider");
		RedisCacheStore store = open(name);
		if (this.beanFactory instanceof DefaultSingletonBeanRegistry registry) {
			registry.registerDisposableBean(STORE, store::close);
			registry.registerDependentBean(name, STORE);
		}
		return store;
	}

	private RedisCacheStore open(String name) {
		RedisConnectionFactory connectionFactory = this.beanFactory.getBean(name, RedisConnectionFactory.class);
		LettuceReads.check(name, connectionFactory);
		try {
			return RedisCacheStore.builder(connectionFactory).keyPrefix(this.properties.keyPrefix()).build();
		}
		catch (IllegalArgumentException ex) {
			throw new ProviderUnavailableException(provider(), "modelcache.provider",
					new ProviderUnavailableException.Problem("the client cannot be used. %s".formatted(ex.getMessage()),
							"""
									Set spring.data.redis.client-type=lettuce and add this dependency:

									%s

									Or let modelcache.redis.connection-factory name another connection factory."""
								.formatted(ProviderDependency.of("io.lettuce", "lettuce-core"))));
		}
	}

	@Override
	public void prepare(GuardedCacheStoreBuilder guard) {
		guard.disconnectedIf((failure) -> failure instanceof RedisConnectionFailureException
				|| failure instanceof QueryTimeoutException);
	}

	/**
	 * Return the name of the connection factory.
	 * @throws ProviderUnavailableException if there is none to be chosen
	 */
	String chosen(String property) {
		List<String> names = List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory,
				RedisConnectionFactory.class, true, false));
		String wanted = this.properties.connectionFactory();
		String chosen = (wanted != null) ? named(wanted, names) : new BeanChoice(this.beanFactory).only(names);
		if (chosen == null) {
			throw new ProviderUnavailableException(provider(), property, problem(wanted, names));
		}
		return chosen;
	}

	private static @Nullable String named(String wanted, List<String> names) {
		return names.contains(wanted) ? wanted : null;
	}

	private static ProviderUnavailableException.Problem problem(@Nullable String wanted, List<String> names) {
		String all = String.join(", ", names);
		if (names.isEmpty()) {
			return new ProviderUnavailableException.Problem("there is no bean of type RedisConnectionFactory",
					"Declare one, or let Spring Boot do it with this dependency:\n\n" + ProviderDependency.REDIS
							+ "\n\nand set spring.data.redis.host and spring.data.redis.port.");
		}
		if (wanted != null) {
			return new ProviderUnavailableException.Problem(
					"modelcache.redis.connection-factory names '%s', and there is no bean of type RedisConnectionFactory of that name"
						.formatted(wanted),
					"Set modelcache.redis.connection-factory to one of %s.".formatted(all));
		}
		return new ProviderUnavailableException.Problem(
				"there are several beans of type RedisConnectionFactory, %s, and none of them is primary".formatted(
						all),
				"Set modelcache.redis.connection-factory to the one to use, or mark it as @Primary.");
	}

}
