package io.modelcache.chat;

import org.jspecify.annotations.Nullable;

/**
 * Waits in a {@code call} for a flight, which may carry a stream that must go on as long
 * as somebody waits.
 */
final class StreamPassenger {

	private StreamPassenger() {
	}

	/**
	 * Wait until a flight lands, or until this follower is promoted.
	 * @return the landing, or {@code null} if this follower is to ask the model too
	 * @throws InterruptedException if the current thread is interrupted
	 */
	static @Nullable Landing await(ChatFlight flight) throws InterruptedException {
		LiveStream stream = flight.stream();
		StreamBranch seat = (stream != null) ? stream.takeSeat() : null;
		try {
			return flight.await();
		}
		finally {
			if (seat != null) {
				seat.cancel();
			}
		}
	}

}
