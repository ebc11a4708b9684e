package io.modelcache.chat;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Goes on with something on a thread that may wait, which is never interrupted if the
 * subscriber leaves meanwhile: an interrupt in the middle of a read can close what a
 * store reads from.
 */
final class Elsewhere {

	private Elsewhere() {
	}

	/**
	 * Give a value on another thread.
	 * @param value the value
	 * @param <T> the type of the value
	 * @return fails with a {@link java.util.concurrent.RejectedExecutionException} if
	 * there is no such thread to be had
	 */
	static <T> Mono<T> with(T value) {
		return Mono.create((sink) -> Schedulers.boundedElastic().schedule(() -> sink.success(value)));
	}

}
