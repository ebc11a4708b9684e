package io.modelcache.sample.provider;

import io.modelcache.sample.provider.Completion.Function;
import io.modelcache.sample.provider.Completion.ToolCall;
import io.modelcache.sample.provider.Conversation.Tool;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills in the parameters of a tool: a text with the last word of the question, a number
 * with one, a truth value with true.
 */
final class ToolArguments {

	private ToolArguments() {
	}

	static ToolCall call(String id, Tool tool, String question) {
		ObjectNode arguments = Endpoint.JSON.createObjectNode();
		tool.parameters().forEachEntry((name, schema) -> fill(arguments, name, schema, lastWord(question)));
		Function function = new Function(tool.name(), Endpoint.JSON.writeValueAsString(arguments));
		return new ToolCall(0, id, "function", function);
	}

	private static void fill(ObjectNode arguments, String name, JsonNode schema, String word) {
		switch (schema.path("type").asString("")) {
			case "string" -> arguments.put(name, word);
			case "integer", "number" -> arguments.put(name, 1);
			case "boolean" -> arguments.put(name, true);
			default -> arguments.putNull(name);
		}
	}

	private static String lastWord(String question) {
		String words = question.replaceAll("[^\\p{L}\\p{N}]+$", "");
		return words.substring(words.lastIndexOf(' ') + 1);
	}

}
