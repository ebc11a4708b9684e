package io.modelcache.chat;

import io.modelcache.CacheStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * One chunk of a stream that several subscribers read, each at his own pace, and the way
 * to the next one.
 */
final class StreamNode {

	private final @Nullable ChatResponse chunk;

	private final @Nullable ChatResponse untouched;

	private @Nullable CacheStatus status;

	private volatile @Nullable StreamNode next;

	private StreamNode(@Nullable ChatResponse chunk, @Nullable ChatResponse untouched) {
		this.chunk = chunk;
		this.untouched = untouched;
	}

	/**
	 * Create the node before the first chunk.
	 */
	static StreamNode head() {
		return new StreamNode(null, null);
	}

	/**
	 * Create a node.
	 * @param chunk the chunk, as the model gave it
	 * @param shared whether others than the leader may read it: what he does to his chunk
	 * must not reach them
	 */
	static StreamNode of(ChatResponse chunk, boolean shared) {
		return new StreamNode(chunk, shared ? ChunkCopy.of(chunk) : chunk);
	}

	@Nullable StreamNode next() {
		return this.next;
	}

	void append(StreamNode node) {
		this.next = node;
	}

	/**
	 * Set the status that this chunk carries, before it is appended.
	 */
	void mark(@Nullable CacheStatus status) {
		this.status = status;
	}

	/**
	 * Return the chunk for one subscriber.
	 * @param leading whether it is the one whose subscription asked the model
	 */
	ChatResponse chunk(boolean leading) {
		if (this.chunk == null || this.untouched == null) {
			throw new IllegalStateException("The head of a stream has no chunk");
		}
		ChatResponse own = leading ? this.chunk : ChunkCopy.of(this.untouched);
		if (this.status == null) {
			return own;
		}
		return StatusMark.on(own, leading ? this.status : this.status.withCollapsed());
	}

}
