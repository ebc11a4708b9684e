package io.modelcache.autoconfigure;

import io.lettuce.core.ReadFrom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * Warns of a client that reads from replicas, which evictions cannot rely on.
 */
final class LettuceReads {

	private static final Logger logger = LoggerFactory.getLogger("io.modelcache");

	private static final boolean LETTUCE_PRESENT = ClassUtils.isPresent("io.lettuce.core.ReadFrom",
			LettuceReads.class.getClassLoader());

	private LettuceReads() {
	}

	static void check(String name, RedisConnectionFactory connectionFactory) {
		if (LETTUCE_PRESENT && connectionFactory instanceof LettuceConnectionFactory lettuce
				&& lettuce.getClientConfiguration().getReadFrom().filter(LettuceReads::isFromReplicas).isPresent()) {
			logger
				.warn("The connection factory '{}' reads from replicas, so evictions from the cache in Redis may miss "
						+ "entries: remove spring.data.redis.lettuce.read-from or set it to upstream, or let "
						+ "modelcache.redis.connection-factory name a connection factory that does not", name);
		}
	}

	/**
	 * There are several equal instances.
	 */
	private static boolean isFromReplicas(ReadFrom readFrom) {
		return !readFrom.getClass().equals(ReadFrom.UPSTREAM.getClass());
	}

}
