package io.modelcache.chat;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The flights inside which a stream was subscribed to, when a model asks a decorator
 * while it is being asked itself: waiting for one of these would be waiting for oneself.
 */
record Ancestry(ChatFlight flight, @Nullable Ancestry outer) {

	static Context with(Context context, ChatFlight flight) {
		return context.put(Ancestry.class, new Ancestry(flight, of(context)));
	}

	static boolean includes(ContextView context, ChatFlight flight) {
		for (Ancestry ancestry = of(context); ancestry != null; ancestry = ancestry.outer()) {
			if (ancestry.flight() == flight) {
				return true;
			}
		}
		return false;
	}

	private static @Nullable Ancestry of(ContextView context) {
		return context.<Ancestry>getOrEmpty(Ancestry.class).orElse(null);
	}

}
