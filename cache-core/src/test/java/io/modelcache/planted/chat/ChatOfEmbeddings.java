package io.modelcache.planted.chat;

import io.modelcache.planted.embedding.Embedding;

/**
 * A room that knows the other one.
 */
public class ChatOfEmbeddings {

	Class<?> known() {
		return Embedding.class;
	}

}
