package io.modelcache.chat;

/**
 * Says to one who follows a stream, and has heard nothing of it yet, that its leader was
 * interrupted: another one takes his place.
 */
final class LeaderInterruptedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LeaderInterruptedException() {
		super("The call that asked the model was interrupted", null, false, false);
	}

}
