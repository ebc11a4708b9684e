package io.modelcache.planted.store;

import org.springframework.ai.chat.model.ChatModel;

/**
 * A store that knows models.
 */
public class StoreOfModels {

	Class<?> known() {
		return ChatModel.class;
	}

}
