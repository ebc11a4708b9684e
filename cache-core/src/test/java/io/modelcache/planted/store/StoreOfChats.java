package io.modelcache.planted.store;

import io.modelcache.planted.chat.ChatOfEmbeddings;

/**
 * A store that knows a room.
 */
class StoreOfChats {

	Class<?> known() {
		return ChatOfEmbeddings.class;
	}

}
