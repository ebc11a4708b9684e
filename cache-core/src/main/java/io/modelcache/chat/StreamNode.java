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

	private final @Nullable CacheStatus status;

	private volatile @Nullable StreamNode next;

	StreamNode(@Nullable ChatResponse chunk, @Nullable CacheStatus status) {
		this.chunk = chunk;
		this.status = status;
	}

	@Nullable StreamNode next() {
		return this.next;
	}

	void append(StreamNode node) {
		this.next = node;
	}

	/**
	 * Return the chunk for one subscriber.
	 * @param leading whether it is the one whose subscription asked the model
	 */
	ChatResponse chunk(boolean leading) {
		if (this.chunk == null) {
			throw new IllegalStateException("The head of a stream has no chunk");
		}
		ChatResponse own = leading ? this.chunk : ChunkCopy.of(this.chunk);
		if (this.status == null) {
			return own;
		}
		return StatusMark.on(own, leading ? this.status : this.status.withCollapsed());
	}

}
