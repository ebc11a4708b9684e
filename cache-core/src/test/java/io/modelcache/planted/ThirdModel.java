package io.modelcache.planted;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * A model beside the two decorators.
 */
class ThirdModel implements ChatModel {

	@Override
	public ChatResponse call(Prompt prompt) {
		return ChatResponse.builder().build();
	}

}
