package io.modelcache.store.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;

import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The way to one server or a cluster by Lettuce's own futures: nobody waits here.
 * <p>
 * Commands that are sent together leave for a single server in one write. In a cluster
 * they leave one by one, since Lettuce would wait for the connections to its servers
 * before it sent them together.
 */
final class LettuceLink implements RedisLink {

	private static final String ONLY_NODE = "";

	private final LettuceConnector connector;

	private final boolean clustered;

	LettuceLink(LettuceConnectionFactory connectionFactory) {
		this.connector = new LettuceConnector(connectionFactory);
		this.clustered = connectionFactory.isClusterAware();
	}

	@Override
	public boolean clustered() {
		return this.clustered;
	}

	@Override
	public CompletableFuture<List<RedisReply>> send(List<RedisRequest> requests) {
		CompletableFuture<StatefulConnection<byte[], byte[]>> connection = this.connector.connection();
		return (connection.isDone() && !connection.isCompletedExceptionally()) ? dispatch(connection.join(), requests)
				: Cancellation.compose(connection, (connected) -> dispatch(connected, requests));
	}

	@Override
	public CompletableFuture<List<String>> nodes() {
		return this.clustered ? Cancellation.compose(this.connector.connection(), LettuceLink::masters)
				: CompletableFuture.completedFuture(List.of(ONLY_NODE));
	}

	private static CompletableFuture<List<String>> masters(StatefulConnection<byte[], byte[]> connection) {
		return CompletableFuture.completedFuture(cluster(connection).getPartitions()
			.stream()
			.filter((node) -> node.is(RedisClusterNode.NodeFlag.UPSTREAM))
			.map(RedisClusterNode::getNodeId)
			.sorted()
			.toList());
	}

	@Override
	public CompletableFuture<RedisReply> send(String node, RedisRequest request) {
		return Cancellation
			.compose(this.connector.connection(),
					(connected) -> node.equals(ONLY_NODE) ? dispatch(connected, List.of(request))
							: Cancellation.compose(cluster(connected).getConnectionAsync(node),
									(single) -> dispatch(single, List.of(request))))
			.thenApply((replies) -> replies.get(0));
	}

	@Override
	public boolean listens(RedisConnection subscribed) {
		return subscribed.isSubscribed() && !LettuceConnector.isEnded(LettuceConnector.connectionOf(subscribed));
	}

	@Override
	public void close() {
		this.connector.close();
	}

	private static StatefulRedisClusterConnection<byte[], byte[]> cluster(
			StatefulConnection<byte[], byte[]> connection) {
		return (StatefulRedisClusterConnection<byte[], byte[]>) connection;
	}

	private static CompletableFuture<List<RedisReply>> dispatch(StatefulConnection<byte[], byte[]> connection,
			List<RedisRequest> requests) {
		List<AsyncCommand<byte[], byte[], List<Object>>> commands = new ArrayList<>(requests.size());
		for (RedisRequest request : requests) {
			commands.add(command(request));
		}
		try {
			if (commands.size() == 1 || connection instanceof StatefulRedisClusterConnection) {
				commands.forEach(connection::dispatch);
			}
			else {
				connection.dispatch(commands);
			}
		}
		catch (RuntimeException ex) {
			commands.forEach(AsyncCommand::cancel);
			return CompletableFuture.failedFuture(translated(ex));
		}
		return replies(commands);
	}

	private static AsyncCommand<byte[], byte[], List<Object>> command(RedisRequest request) {
		CommandArgs<byte[], byte[]> arguments = new CommandArgs<>(ByteArrayCodec.INSTANCE);
		for (int i = 0; i < request.arguments().size(); i++) {
			byte[] argument = request.arguments().get(i);
			if (request.isFirstKey(i)) {
				arguments.addKey(argument);
			}
			else {
				arguments.add(argument);
			}
		}
		return new AsyncCommand<>(new Command<>(CommandType.valueOf(request.command()), new ReplyOutput(), arguments));
	}

	private static CompletableFuture<List<RedisReply>> replies(
			List<AsyncCommand<byte[], byte[], List<Object>>> commands) {
		CompletableFuture<List<RedisReply>> replies = new CompletableFuture<>();
		CompletableFuture<?> all = (commands.size() == 1) ? commands.get(0)
				: CompletableFuture.allOf(commands.toArray(CompletableFuture[]::new));
		Cancellation.whenDone(all, (result, failure) -> {
			if (failure != null) {
				replies.completeExceptionally(translated(failure));
				return;
			}
			List<RedisReply> answered = new ArrayList<>(commands.size());
			for (AsyncCommand<byte[], byte[], List<Object>> command : commands) {
				answered.add(RedisReply.of(command.join()));
			}
			replies.complete(answered);
		});
		Cancellation.whenDone(replies, (answered, failure) -> {
			if (replies.isCancelled()) {
				commands.forEach(AsyncCommand::cancel);
			}
		});
		return replies;
	}

	/**
	 * Whatever Redis itself does not say was said by the connection.
	 */
	private static Throwable translated(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return (cause instanceof RedisCommandExecutionException || cause instanceof RedisConnectionFailureException)
				? cause : Disconnection.because("Redis cannot be reached", cause);
	}

}
