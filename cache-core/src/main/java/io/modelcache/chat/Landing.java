package io.modelcache.chat;

import io.modelcache.CacheStatus;
import io.modelcache.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * How a call to the model ended for those who waited for it.
 */
sealed interface Landing {

	/**
	 * There is an answer for all.
	 *
	 * @param answer a picture of the answer
	 * @param status what happened to it
	 */
	record Shared(Snapshot<ChatAnswer> answer, CacheStatus status) implements Landing {

		/**
		 * Make a copy for one of those who waited.
		 * @return the copy, or {@code null} if it cannot be made, and he asks for himself
		 */
		@Nullable ChatAnswer copy() {
			try {
				return this.answer.copy();
			}
			catch (RuntimeException ex) {
				return null;
			}
		}

	}

	/**
	 * The model failed, and fails all who waited.
	 *
	 * @param failure what the model threw
	 */
	record Failed(Throwable failure) implements Landing {

	}

	/**
	 * The answer is fit for nobody but the one who asked: everybody asks for himself.
	 */
	record Unfit() implements Landing {

	}

	/**
	 * The one to whom this is said has waited long enough, and asks the model too.
	 */
	record Promoted() implements Landing {

	}

	/**
	 * Whoever asked has gone before there was an answer: another one takes his place.
	 */
	record Abandoned() implements Landing {

	}

}
