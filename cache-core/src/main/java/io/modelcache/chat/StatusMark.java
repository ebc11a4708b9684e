package io.modelcache.chat;

import io.modelcache.CacheStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * Puts the {@link CacheStatus} into the metadata of a response.
 */
final class StatusMark {

	private StatusMark() {
	}

	/**
	 * Mark the answer of a model, which may be {@code null} against its contract and is
	 * passed on so.
	 */
	@SuppressWarnings("NullAway")
	static ChatResponse onNullable(@Nullable ChatResponse response, CacheStatus status) {
		return (response != null) ? on(response, status) : null;
	}

	/**
	 * Copy a response with one more metadata key. A response of a class of its own stays
	 * what it is, for a copy would lose what that class adds; so does one that cannot be
	 * copied.
	 */
	static ChatResponse on(ChatResponse response, CacheStatus status) {
		if (response.getClass() != ChatResponse.class
				|| response.getMetadata().getClass() != ChatResponseMetadata.class) {
			return response;
		}
		try {
			return ChatResponse.builder().from(response).metadata(CacheStatus.METADATA_KEY, status).build();
		}
		catch (RuntimeException ex) {
			return response;
		}
	}

}
