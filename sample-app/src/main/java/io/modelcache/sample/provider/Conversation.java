package io.modelcache.sample.provider;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

import org.springframework.util.Assert;

/**
 * What the stand-in provider reads in a chat request.
 *
 * @param model the model that is asked for
 * @param stream whether the answer comes piece by piece
 * @param includeUsage whether a stream ends with the usage
 * @param turns who said what so far, never empty
 * @param tools the tools that may be called
 */
record Conversation(String model, boolean stream, boolean includeUsage, List<Turn> turns, List<Tool> tools) {

	static Conversation read(JsonNode request) {
		List<Turn> turns = new ArrayList<>();
		request.path("messages").forEach((message) -> turns.add(Turn.read(message)));
		Assert.notEmpty(turns, "it has no messages");
		List<Tool> tools = new ArrayList<>();
		request.path("tools").forEach((tool) -> tools.add(Tool.read(tool.path("function"))));
		return new Conversation(request.path("model").asString(""), request.path("stream").asBoolean(false),
				request.path("stream_options").path("include_usage").asBoolean(false), turns, tools);
	}

	Turn last() {
		return this.turns.get(this.turns.size() - 1);
	}

	/**
	 * One message of the conversation.
	 *
	 * @param role who speaks: system, user, assistant or tool
	 * @param text what was said
	 */
	record Turn(String role, String text) {

		static Turn read(JsonNode message) {
			return new Turn(message.path("role").asString(""), text(message.path("content")));
		}

		private static String text(JsonNode content) {
			if (!content.isArray()) {
				return content.asString("");
			}
			List<String> parts = new ArrayList<>();
			content.forEach((part) -> parts.add(part.path("text").asString("")));
			return String.join(" ", parts);
		}

	}

	/**
	 * A tool that may be called.
	 *
	 * @param name its name
	 * @param parameters the JSON schemas of its parameters, by name
	 */
	record Tool(String name, JsonNode parameters) {

		static Tool read(JsonNode function) {
			return new Tool(function.path("name").asString(""), function.path("parameters").path("properties"));
		}

	}

}
