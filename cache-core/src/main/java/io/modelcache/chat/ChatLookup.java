package io.modelcache.chat;

import io.modelcache.CacheStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * What a {@link ChatCache} found: an answer, or an open place to leave one.
 * <p>
 * Everything that was computed on the way, such as the fingerprint, travels with the open
 * place, so that no component is asked twice.
 */
public final class ChatLookup {

	private final @Nullable ChatResponse answer;

	private final CacheStatus status;

	private final Place place;

	private ChatLookup(@Nullable ChatResponse answer, CacheStatus status, Place place) {
		this.answer = answer;
		this.status = status;
		this.place = place;
	}

	/**
	 * Return an answer.
	 * @param answer the answer
	 * @param status where it comes from
	 * @return the lookup
	 */
	public static ChatLookup answered(ChatResponse answer, CacheStatus status) {
		return new ChatLookup(answer, status, (response, before) -> before);
	}

	/**
	 * Return an open place.
	 * @param status why there is no answer
	 * @param place where to leave one
	 * @return the lookup
	 */
	public static ChatLookup open(CacheStatus status, Place place) {
		return new ChatLookup(null, status, place);
	}

	/**
	 * Return the answer.
	 * @return the answer, or {@code null} if the place is open
	 */
	public @Nullable ChatResponse answer() {
		return this.answer;
	}

	/**
	 * Return what happened so far.
	 * @return the status
	 */
	public CacheStatus status() {
		return this.status;
	}

	/**
	 * Leave an answer in the open place.
	 * @param response what the model answered, complete and fit to be kept
	 * @return the status, which says whether it was stored
	 */
	public CacheStatus remember(ChatResponse response) {
		return this.place.leave(response, this.status);
	}

	/**
	 * A place for an answer.
	 */
	@FunctionalInterface
	public interface Place {

		/**
		 * Leave an answer; never throws.
		 * @param response the answer
		 * @param before the status so far
		 * @return the status now
		 */
		CacheStatus leave(ChatResponse response, CacheStatus before);

	}

}
