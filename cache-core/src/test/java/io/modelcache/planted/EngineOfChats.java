package io.modelcache.planted;

import io.modelcache.planted.chat.ChatOfEmbeddings;

/**
 * A part of the engine that knows a room.
 */
class EngineOfChats {

	Class<?> known() {
		return ChatOfEmbeddings.class;
	}

}
