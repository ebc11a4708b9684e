package io.modelcache.chat;

import io.modelcache.CacheStatus;
import io.modelcache.MissExplanation;
import io.modelcache.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ChatCache} found: an answer, or an open place to leave one.
 * <p>
 * Everything that was computed on the way, such as the fingerprint, travels with the open
 * place, so that no component is asked twice.
 */
public final class ChatLookup {

	private final @Nullable ChatAnswer answer;

	private final CacheStatus status;

	private final @Nullable StaleAnswer stale;

	private final Place place;

	private ChatLookup(@Nullable ChatAnswer answer, CacheStatus status, @Nullable StaleAnswer stale, Place place) {
		this.answer = answer;
		this.status = status;
		this.stale = stale;
		this.place = place;
	}

	/**
	 * Return an answer.
	 * @param answer the answer
	 * @param status where it comes from
	 * @param place where a newer one would go
	 * @return the lookup
	 */
	public static ChatLookup answered(ChatAnswer answer, CacheStatus status, Place place) {
		return new ChatLookup(answer, status, null, place);
	}

	/**
	 * Return an open place.
	 * @param status why there is no answer
	 * @param stale a stale answer, if there is one
	 * @param place where to leave a new one
	 * @return the lookup
	 */
	public static ChatLookup open(CacheStatus status, @Nullable StaleAnswer stale, Place place) {
		return new ChatLookup(null, status, stale, place);
	}

	/**
	 * Return the answer.
	 * @return the answer, or {@code null} if the place is open
	 */
	public @Nullable ChatAnswer answer() {
		return this.answer;
	}

	/**
	 * Leave a new answer elsewhere.
	 * @param place where to leave it
	 * @return what was found, with that place
	 */
	public ChatLookup at(Place place) {
		return new ChatLookup(this.answer, this.status, this.stale, place);
	}

	/**
	 * Say more of what happened so far.
	 * @param status what happened
	 * @return what was found, with that status
	 */
	public ChatLookup with(CacheStatus status) {
		return new ChatLookup(this.answer, status, this.stale, this.place);
	}

	/**
	 * Return where a new answer is left.
	 * @return the place
	 */
	public Place place() {
		return this.place;
	}

	/**
	 * Return what happened so far.
	 * @return the status
	 */
	public CacheStatus status() {
		return this.status;
	}

	/**
	 * Say why there is no answer.
	 */
	ChatLookup explained(MissExplanation explanation) {
		return new ChatLookup(this.answer, this.status.withExplanation(explanation), this.stale, this.place);
	}

	/**
	 * Return an answer that is no longer fresh.
	 * @return the answer, or {@code null}
	 */
	public @Nullable StaleAnswer stale() {
		return this.stale;
	}

	/**
	 * Take a picture of an answer that is complete and fit to be kept.
	 * @param answer what the model answered
	 * @return the picture, or {@code null} if it cannot be brought back as it is
	 */
	public @Nullable Snapshot<ChatAnswer> snapshot(ChatAnswer answer) {
		return this.place.snapshot(answer);
	}

	/**
	 * Leave an answer in the open place.
	 * @param snapshot a picture of the answer
	 * @return the status, which says whether it was stored
	 */
	public CacheStatus remember(Snapshot<ChatAnswer> snapshot) {
		return this.place.leave(snapshot, this.status);
	}

	/**
	 * An answer that is no longer fresh.
	 *
	 * @param answer the answer
	 * @param status where it comes from; its ttl is negative
	 */
	public record StaleAnswer(ChatAnswer answer, CacheStatus status) {

	}

	/**
	 * A place for an answer. Its methods never throw.
	 */
	public interface Place {

		/**
		 * Take a picture of an answer.
		 * @param answer the answer
		 * @return the picture, or {@code null} if it cannot be brought back as it is
		 */
		@Nullable Snapshot<ChatAnswer> snapshot(ChatAnswer answer);

		/**
		 * Leave an answer.
		 * @param snapshot a picture of the answer
		 * @param before the status so far
		 * @return the status now
		 */
		CacheStatus leave(Snapshot<ChatAnswer> snapshot, CacheStatus before);

	}

}
