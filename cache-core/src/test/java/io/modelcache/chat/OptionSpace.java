package io.modelcache.chat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import com.anthropic.models.messages.Metadata;
import com.anthropic.models.messages.Model;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.ThinkingConfigAdaptive;
import com.anthropic.models.messages.ThinkingConfigEnabled;
import com.anthropic.models.messages.ThinkingConfigParam;
import com.anthropic.models.messages.ToolChoice;
import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.credential.BearerTokenCredential;
import com.openai.credential.Credential;

import org.springframework.ai.anthropic.AnthropicCacheOptions;
import org.springframework.ai.anthropic.AnthropicCacheStrategy;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.AnthropicCitationDocument;
import org.springframework.ai.anthropic.AnthropicSkillContainer;
import org.springframework.ai.anthropic.AnthropicSkillRecord;
import org.springframework.ai.anthropic.AnthropicSkillType;
import org.springframework.ai.anthropic.AnthropicWebSearchTool;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.google.genai.common.GoogleGenAiSafetySetting;
import org.springframework.ai.google.genai.common.GoogleGenAiSafetySetting.HarmCategory;
import org.springframework.ai.model.ApiKey;
import org.springframework.ai.model.SimpleApiKey;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.ollama.api.ThinkOption;
import org.springframework.ai.openai.OpenAiChatModel.ResponseFormat;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions.AudioParameters;
import org.springframework.ai.openai.OpenAiChatOptions.StreamOptions;
import org.springframework.ai.tool.definition.DefaultToolDefinition;

/**
 * All option classes of the providers, and the classes of Spring AI that these hold.
 */
enum OptionSpace {

	PORTABLE(() -> Mutations.ofBuilder(ChatOptions::builder, samples())),

	TOOL_CALLING(() -> Mutations.ofBuilder(ToolCallingChatOptions::builder, samples())),

	OPEN_AI(() -> Mutations.ofBuilder(OpenAiChatOptions::builder, samples())),

	OPEN_AI_RESPONSE_FORMAT(() -> Mutations.ofBuilder(ResponseFormat::new, samples())
		.inside((format) -> OpenAiChatOptions.builder().responseFormat((ResponseFormat) format).build())),

	OPEN_AI_STREAM_OPTIONS(() -> Mutations.ofRecord(new StreamOptions(null, null, null), samples())
		.inside((stream) -> OpenAiChatOptions.builder().streamOptions((StreamOptions) stream).build())),

	OPEN_AI_AUDIO(() -> Mutations.ofRecord(new AudioParameters(null, null), samples())
		.inside((audio) -> OpenAiChatOptions.builder().outputAudio((AudioParameters) audio).build())),

	ANTHROPIC(() -> Mutations.ofBuilder(AnthropicChatOptions::builder, samples())),

	ANTHROPIC_CACHE(() -> Mutations.ofBuilder(AnthropicCacheOptions::builder, samples())
		.inside((cache) -> AnthropicChatOptions.builder().cacheOptions((AnthropicCacheOptions) cache).build())),

	ANTHROPIC_DOCUMENT(() -> Mutations.ofBuilder(() -> AnthropicCitationDocument.builder().plainText("zero"), samples())
		.field(document("zero"), "type", AnthropicCitationDocument.DocumentType.PDF)
		.inside((document) -> AnthropicChatOptions.builder()
			.citationDocuments((AnthropicCitationDocument) document)
			.build())),

	ANTHROPIC_SKILL(() -> Mutations
		.ofBuilder(() -> AnthropicSkillRecord.builder().type(AnthropicSkillType.CUSTOM).skillId("zero"), samples())
		.inside((skill) -> AnthropicChatOptions.builder().skill((AnthropicSkillRecord) skill).build())),

	ANTHROPIC_SEARCH(() -> Mutations.ofBuilder(AnthropicWebSearchTool::new, samples())
		.inside((search) -> AnthropicChatOptions.builder().webSearchTool((AnthropicWebSearchTool) search).build())),

	ANTHROPIC_LOCATION(() -> Mutations.ofRecord(location("zero"), samples()).inside((location) -> {
		AnthropicWebSearchTool search = new AnthropicWebSearchTool();
		search.setUserLocation((AnthropicWebSearchTool.UserLocation) location);
		return AnthropicChatOptions.builder().webSearchTool(search).build();
	})),

	OLLAMA(() -> Mutations.ofBuilder(OllamaChatOptions::builder, samples())),

	OLLAMA_THINK(() -> Mutations.ofRecord(ThinkOption.ThinkLevel.LOW, samples().add("level", "medium", "high"))
		.inside((think) -> OllamaChatOptions.builder().thinkOption((ThinkOption) think).build())),

	GOOGLE(() -> Mutations.ofBuilder(GoogleGenAiChatOptions::builder, samples())),

	GOOGLE_SAFETY(() -> Mutations.ofBuilder(GoogleGenAiSafetySetting::new, samples())
		.inside((safety) -> GoogleGenAiChatOptions.builder()
			.safetySettings(List.of((GoogleGenAiSafetySetting) safety))
			.build())),

	TOOL(() -> Mutations.ofRecord(new DefaultToolDefinition("zero", "does it", "{}"), samples())
		.inside((tool) -> OpenAiChatOptions.builder()
			.toolCallbacks(Samples.tool((DefaultToolDefinition) tool))
			.build()));

	private final Supplier<Mutations> mutations;

	OptionSpace(Supplier<Mutations> mutations) {
		this.mutations = mutations;
	}

	Mutations mutations() {
		return this.mutations.get();
	}

	private static Samples samples() {
		return new Samples().add(ApiKey.class, new SimpleApiKey("one"), new SimpleApiKey("two"))
			.add(Proxy.class, proxy(1), proxy(2))
			.add(Credential.class, BearerTokenCredential.create("one"), BearerTokenCredential.create("two"))
			.add(AzureOpenAIServiceVersion.class, AzureOpenAIServiceVersion.getV2024_06_01(),
					AzureOpenAIServiceVersion.getV2024_10_21())
			.add(ResponseFormat.class, format("{}"), format("{\"type\":\"object\"}"))
			.add(StreamOptions.class, new StreamOptions(true, null, null), new StreamOptions(null, true, null))
			.add(AudioParameters.class, new AudioParameters(AudioParameters.Voice.ASH, null),
					new AudioParameters(AudioParameters.Voice.ECHO, null))
			.add(Model.class, Model.of("one"), Model.of("two"))
			.add(Metadata.class, Metadata.builder().userId("one").build(), Metadata.builder().userId("two").build())
			.add(ToolChoice.class, SdkOptionsTests.anthropicTool("one"), SdkOptionsTests.anthropicTool("two"))
			.add(ThinkingConfigParam.class, SdkOptionsTests.thinking(2048), SdkOptionsTests.thinking(4096))
			.add(ThinkingConfigEnabled.Display.class, ThinkingConfigEnabled.Display.OMITTED)
			.add(ThinkingConfigAdaptive.Display.class, ThinkingConfigAdaptive.Display.OMITTED,
					ThinkingConfigAdaptive.Display.SUMMARIZED)
			.add(OutputConfig.class, OutputConfig.builder().effort(OutputConfig.Effort.LOW).build(),
					OutputConfig.builder().effort(OutputConfig.Effort.HIGH).build())
			.add(OutputConfig.Effort.class, OutputConfig.Effort.LOW, OutputConfig.Effort.HIGH)
			.add(AnthropicCacheOptions.class,
					AnthropicCacheOptions.builder().strategy(AnthropicCacheStrategy.TOOLS_ONLY).build(),
					AnthropicCacheOptions.builder().strategy(AnthropicCacheStrategy.SYSTEM_ONLY).build())
			.add(AnthropicCitationDocument.class, document("one"), document("two"))
			.add(AnthropicCitationDocument[].class, new AnthropicCitationDocument[] { document("one") },
					new AnthropicCitationDocument[] { document("two") })
			.add(AnthropicSkillContainer.class, new AnthropicSkillContainer(List.of(skill("one"))),
					new AnthropicSkillContainer(List.of(skill("two"))))
			.add(AnthropicSkillRecord.class, skill("one"), skill("two"))
			.add(AnthropicWebSearchTool.class, search("one"), search("two"))
			.add(AnthropicWebSearchTool.UserLocation.class, location("one"), location("two"))
			.add("contentLengthFunction", (Function<String, Integer>) String::length)
			.add(ThinkOption.class, ThinkOption.ThinkBoolean.ENABLED, ThinkOption.ThinkBoolean.DISABLED,
					ThinkOption.ThinkLevel.HIGH)
			.add(GoogleGenAiSafetySetting.class, safety(HarmCategory.HARM_CATEGORY_HARASSMENT),
					safety(HarmCategory.HARM_CATEGORY_HATE_SPEECH))
			.add("outputSchema", "{\"type\":\"object\"}", "{\"type\":\"array\"}");
	}

	private static Proxy proxy(int port) {
		return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("localhost", port));
	}

	private static ResponseFormat format(String schema) {
		return ResponseFormat.builder().jsonSchema(schema).build();
	}

	private static AnthropicCitationDocument document(String text) {
		return AnthropicCitationDocument.builder().plainText(text).build();
	}

	private static AnthropicSkillRecord skill(String id) {
		return new AnthropicSkillRecord(AnthropicSkillType.CUSTOM, id);
	}

	private static AnthropicWebSearchTool search(String domain) {
		return AnthropicWebSearchTool.builder().allowedDomains(List.of(domain)).build();
	}

	private static AnthropicWebSearchTool.UserLocation location(String city) {
		return new AnthropicWebSearchTool.UserLocation(city, "zero", "zero", "zero");
	}

	private static GoogleGenAiSafetySetting safety(HarmCategory category) {
		GoogleGenAiSafetySetting setting = new GoogleGenAiSafetySetting();
		setting.setCategory(category);
		return setting;
	}

}
