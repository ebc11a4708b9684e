package io.modelcache.chat;

import io.modelcache.CacheListener;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;

/**
 * What calls and streams of one model have in common.
 *
 * @param name the name of the cache
 * @param delegate the model
 * @param admission decides at the door
 * @param cache finds answers
 * @param keeper keeps answers
 * @param flights the calls that are under way, or {@code null} if they are not shared
 * @param leases agrees with other instances, or {@code null} if each one is on its own
 * @param refresher renews stale answers
 * @param listener hears of everything
 */
record ChatRoom(String name, ChatModel delegate, ChatAdmission admission, ChatCache cache, ChatKeeper keeper,
		@Nullable ChatFlights flights, @Nullable ChatLeases leases, Refresher refresher, CacheListener listener) {

}
