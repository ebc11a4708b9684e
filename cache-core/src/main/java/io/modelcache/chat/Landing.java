package io.modelcache.chat;

import io.modelcache.CacheStatus;
import io.modelcache.Snapshot;

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
	 * Whoever asked has gone before there was an answer: another one takes his place.
	 */
	record Abandoned() implements Landing {

	}

}
