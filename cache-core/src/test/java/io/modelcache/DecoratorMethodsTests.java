package io.modelcache;

import io.modelcache.chat.CachingChatModel;
import io.modelcache.embedding.CachingEmbeddingModel;
import io.modelcache.testing.InheritedMethods;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lists what the decorators leave to the defaults of Spring AI's interfaces. A method
 * that is new in Spring AI breaks this test: decide whether the decorator must pass it
 * on.
 */
class DecoratorMethodsTests {

	@Test
	void theChatModelLeavesOnlyWhatEndsInCallOrStreamOfAPrompt() {
		assertThat(InheritedMethods.of(CachingChatModel.class)).containsExactly("ChatModel.call(Message[])",
				"ChatModel.call(String)", "StreamingChatModel.stream(Message[])", "StreamingChatModel.stream(String)");
	}

	@Test
	void theEmbeddingModelLeavesNothing() {
		assertThat(InheritedMethods.of(CachingEmbeddingModel.class)).isEmpty();
	}

}
