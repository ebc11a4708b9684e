package io.modelcache.store.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.springframework.data.redis.connection.RedisConnection;

/**
 * The way to the server or the servers, by one client or another.
 */
interface RedisLink extends AutoCloseable {

	/**
	 * Tell whether keys are spread over several servers, so that a command has keys of
	 * one slot only.
	 */
	boolean clustered();

	/**
	 * Send commands together.
	 * @param requests the commands
	 * @return the replies in the order of the commands; fails if one of them fails
	 */
	CompletableFuture<List<RedisReply>> send(List<RedisRequest> requests);

	/**
	 * Return the names of the servers that have keys of their own, in their order.
	 */
	CompletableFuture<List<String>> nodes();

	/**
	 * Send a command to one server.
	 * @param node the name of the server
	 */
	CompletableFuture<RedisReply> send(String node, RedisRequest request);

	/**
	 * Tell whether a connection that has subscribed still hears something, or will again
	 * by itself.
	 */
	boolean listens(RedisConnection subscribed);

	@Override
	void close();

}
