package io.modelcache.planted.chat;

import io.modelcache.planted.chat.semantic.Meaning;

/**
 * An exact lookup that knows the semantic one.
 */
class ChatOfMeanings {

	Class<?> known() {
		return Meaning.class;
	}

}
