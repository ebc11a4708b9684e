package io.modelcache.chat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.modelcache.CacheStatus;
import io.modelcache.UnstorableException;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AbstractMessage;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.content.Media;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * Turns a {@link ChatResponse} into bytes and back.
 * <p>
 * All generations are kept with their text, tool calls, media and metadata, and of the
 * response its id, model, usage and metadata. Left out are the native objects of a
 * provider's SDK, the rate limit, which was that of another moment, and the
 * {@link CacheStatus}, which is that of another call. An answer with metadata of Spring
 * AI that cannot be brought back is not turned into bytes.
 */
final class ChatResponseCodec {

	private static final int NO_USAGE = 0;

	private static final int EMPTY_USAGE = 1;

	private static final int FULL_USAGE = 2;

	void write(ByteWriter out, ChatResponse response) {
		ChatResponseMetadata metadata = response.getMetadata();
		out.text(metadata.getId());
		out.text(metadata.getModel());
		writeUsage(out, metadata.getUsage());
		MetadataCodec.writeKnown(out, metadata.entrySet(), (key) -> !key.equals(CacheStatus.METADATA_KEY));
		out.number(response.getResults().size());
		response.getResults().forEach((generation) -> writeGeneration(out, generation));
	}

	ChatResponse read(ByteReader in) {
		ChatResponseMetadata.Builder metadata = ChatResponseMetadata.builder();
		readInto(metadata, in);
		int size = in.count();
		List<Generation> generations = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			generations.add(readGeneration(in));
		}
		return new ChatResponse(generations, metadata.build());
	}

	@SuppressWarnings("NullAway") // a model may leave these null, and gets them back so
	private static void readInto(ChatResponseMetadata.Builder metadata, ByteReader in) {
		metadata.id(in.text());
		metadata.model(in.text());
		metadata.usage(readUsage(in));
		Map<String, Object> values = MetadataCodec.readKnown(in);
		if (!values.isEmpty()) {
			metadata.metadata(values);
		}
	}

	private static void writeUsage(ByteWriter out, @Nullable Usage usage) {
		if (usage == null) {
			out.write(NO_USAGE);
		}
		else if (usage instanceof EmptyUsage) {
			out.write(EMPTY_USAGE);
		}
		else {
			out.write(FULL_USAGE);
			writeCount(out, usage.getPromptTokens());
			writeCount(out, usage.getCompletionTokens());
			writeCount(out, usage.getTotalTokens());
			writeCount(out, usage.getCacheReadInputTokens());
			writeCount(out, usage.getCacheWriteInputTokens());
		}
	}

	private static @Nullable Usage readUsage(ByteReader in) {
		int kind = in.read();
		return switch (kind) {
			case NO_USAGE -> null;
			case EMPTY_USAGE -> new EmptyUsage();
			case FULL_USAGE ->
				new DefaultUsage(readInteger(in), readInteger(in), readInteger(in), null, readCount(in), readCount(in));
			default -> throw new IllegalArgumentException("Unknown kind of usage: " + kind);
		};
	}

	private static void writeCount(ByteWriter out, @Nullable Number count) {
		out.write((count != null) ? 1 : 0);
		if (count != null) {
			out.number(count.longValue());
		}
	}

	private static @Nullable Long readCount(ByteReader in) {
		return (in.read() != 0) ? in.number() : null;
	}

	private static @Nullable Integer readInteger(ByteReader in) {
		return (in.read() != 0) ? Math.toIntExact(in.number()) : null;
	}

	private static void writeGeneration(ByteWriter out, Generation generation) {
		writeMessage(out, generation.getOutput());
		ChatGenerationMetadata metadata = generation.getMetadata();
		out.text(metadata.getFinishReason());
		out.number(metadata.getContentFilters().size());
		metadata.getContentFilters().forEach(out::text);
		MetadataCodec.writeKnown(out, metadata.entrySet(), (key) -> true);
	}

	private static Generation readGeneration(ByteReader in) {
		AssistantMessage message = readMessage(in);
		ChatGenerationMetadata.Builder metadata = ChatGenerationMetadata.builder();
		metadata.finishReason(in.text());
		int filters = in.count();
		if (filters > 0) {
			metadata.contentFilters(readTexts(in, filters));
		}
		Map<String, Object> values = MetadataCodec.readKnown(in);
		if (!values.isEmpty()) {
			metadata.metadata(values);
		}
		return new Generation(message, metadata.build());
	}

	private static Set<String> readTexts(ByteReader in, int size) {
		Set<String> texts = new HashSet<>();
		for (int i = 0; i < size; i++) {
			texts.add(in.requiredText());
		}
		return texts;
	}

	private static void writeMessage(ByteWriter out, AssistantMessage message) {
		if (message.getClass() != AssistantMessage.class && message.hasToolCalls()) {
			throw new UnstorableException("unknown-message-type");
		}
		out.text(message.getText());
		MetadataCodec.writeKnown(out, message.getMetadata().entrySet(),
				(key) -> !key.equals(AbstractMessage.MESSAGE_TYPE));
		out.number(message.getToolCalls().size());
		for (AssistantMessage.ToolCall call : message.getToolCalls()) {
			out.text(call.id());
			out.text(call.type());
			out.text(call.name());
			out.text(call.arguments());
		}
		out.number(message.getMedia().size());
		message.getMedia().forEach((media) -> writeMedia(out, media));
	}

	private static AssistantMessage readMessage(ByteReader in) {
		String text = in.text();
		Map<String, Object> metadata = MetadataCodec.readKnown(in);
		return AssistantMessage.builder()
			.content(text)
			.properties(metadata)
			.toolCalls(readToolCalls(in))
			.media(readMedia(in))
			.build();
	}

	@SuppressWarnings("NullAway") // as the model gave them
	private static List<AssistantMessage.ToolCall> readToolCalls(ByteReader in) {
		int size = in.count();
		if (size == 0) {
			return List.of();
		}
		List<AssistantMessage.ToolCall> calls = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			calls.add(new AssistantMessage.ToolCall(in.text(), in.text(), in.text(), in.text()));
		}
		return calls;
	}

	private static void writeMedia(ByteWriter out, Media media) {
		if (!(media.getData() instanceof byte[] || media.getData() instanceof String)) {
			throw new UnstorableException("unknown-media-data");
		}
		out.text(media.getMimeType().toString());
		out.text(media.getId());
		out.text(media.getName());
		MetadataCodec.write(out, media.getData());
	}

	private static List<Media> readMedia(ByteReader in) {
		int size = in.count();
		if (size == 0) {
			return List.of();
		}
		List<Media> media = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			media.add(readMedium(in));
		}
		return media;
	}

	private static Media readMedium(ByteReader in) {
		MimeType mimeType = MimeTypeUtils.parseMimeType(in.requiredText());
		Media.Builder builder = Media.builder().mimeType(mimeType);
		String id = in.text();
		if (id != null) {
			builder.id(id);
		}
		return builder.name(in.requiredText()).data(MetadataCodec.readValue(in)).build();
	}

}
