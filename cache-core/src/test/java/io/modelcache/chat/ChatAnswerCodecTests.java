package io.modelcache.chat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.modelcache.CacheStatus;
import io.modelcache.UnstorableException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import org.springframework.ai.anthropic.AnthropicWebSearchResult;
import org.springframework.ai.anthropic.Citation;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.content.Media;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ChatAnswerCodec} and {@link ChatResponseCodec}.
 */
class ChatAnswerCodecTests {

	private final ChatAnswerCodec codec = new ChatAnswerCodec();

	@Test
	void everythingComesBack() {
		ChatResponse original = rich();
		ChatResponse copy = copy(original);
		assertThat(copy).isNotSameAs(original).usingRecursiveComparison().isEqualTo(original);
		assertThat(copy.getResults()).hasSize(2);
		assertThat(copy.getResult().getOutput().getToolCalls())
			.isEqualTo(original.getResult().getOutput().getToolCalls());
		assertThat(copy.getResult().getMetadata().getContentFilters()).containsExactly("none");
		assertThat(copy.getMetadata().getUsage()).isEqualTo(original.getMetadata().getUsage());
		assertThat(copy.getMetadata().entrySet())
			.containsExactlyInAnyOrderElementsOf(original.getMetadata().entrySet());
	}

	@Test
	void mediaComeBack() {
		byte[] bytes = { 1, 2, 3 };
		AssistantMessage message = AssistantMessage.builder()
			.content("look")
			.media(List.of(new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(bytes)),
					Media.builder()
						.mimeType(MimeTypeUtils.IMAGE_GIF)
						.data(URI.create("http://localhost/a"))
						.id("7")
						.build()))
			.build();
		List<Media> media = copy(Answers.of(message, "STOP")).getResult().getOutput().getMedia();
		assertThat(media.get(0).getDataAsByteArray()).containsExactly(bytes);
		assertThat(media.get(0).getName()).isEqualTo(message.getMedia().get(0).getName());
		assertThat(media.get(1).getData()).isEqualTo("http://localhost/a");
		assertThat(media.get(1).getId()).isEqualTo("7");
		assertThat(media.get(1).getMimeType()).isEqualTo(MimeTypeUtils.IMAGE_GIF);
	}

	@Test
	void anAnswerWithoutTextIsOneStill() {
		assertThat(copy(Answers.of(new AssistantMessage(null), null)).getResult().getOutput().getText()).isNull();
	}

	@Test
	void theStatusOfAnotherCallIsLeftOut() {
		ChatResponse marked = StatusMark.on(rich(), CacheStatus.bypass("x"));
		assertThat(CacheStatus.of(copy(marked))).isSameAs(CacheStatus.NONE);
	}

	@Test
	void nativeObjectsAreLeftOutAndTheirNeighboursStay() {
		ChatResponse response = ChatResponse.builder()
			.generations(List.of(new Generation(new AssistantMessage("text"))))
			.metadata("native", new Object())
			.metadata("nested", List.of(Map.of("native", new Object())))
			.metadata("known", 5)
			.build();
		assertThat(copy(response).getMetadata().keySet()).containsExactly("known");
	}

	@Test
	void metadataComeBackAsTheyWere() {
		Map<String, Object> odd = new LinkedHashMap<>();
		odd.put("nothing", null);
		odd.put("list", Arrays.asList(1, null, "x"));
		odd.put("integers", List.of(BigInteger.ZERO, new BigInteger("-123456789012345678901234567890")));
		odd.put("decimals", List.of(new BigDecimal("0.10"), new BigDecimal("-1e400"), BigDecimal.valueOf(5, -3)));
		ChatResponse response = ChatResponse.builder()
			.generations(List.of(new Generation(new AssistantMessage("text"))))
			.metadata("odd", odd)
			.metadata("decimal", new BigDecimal("1.50"))
			.build();
		ChatResponseMetadata copy = copy(response).getMetadata();
		assertThat(copy.<Object>get("odd")).isEqualTo(odd);
		assertThat(copy.<Object>get("decimal")).isEqualTo(new BigDecimal("1.50"));
	}

	@Test
	@SuppressWarnings("serial")
	void aNumberOfAnotherClassIsLeftOut() {
		ChatResponse response = ChatResponse.builder()
			.generations(List.of(new Generation(new AssistantMessage("text"))))
			.metadata("own", new BigDecimal(1) {
			})
			.metadata("counter", new AtomicInteger())
			.build();
		assertThat(copy(response).getMetadata().keySet()).isEmpty();
	}

	@Test
	void anObjectOfSpringAiThatCannotComeBackIsAReasonNotToStore() {
		Object citation = Citation.ofCharLocation("text", 0, "title", 0, 4);
		Object result = new AnthropicWebSearchResult("title", "http://localhost/", null);
		for (Object value : List.of(citation, result, List.of(citation), Set.of(result),
				Map.of("deep", List.of(result)), Map.of(citation, "x"), new Object[] { citation },
				List.of(new Object(), citation))) {
			assertUnstorable(ChatResponse.builder()
				.generations(List.of(new Generation(new AssistantMessage("text"))))
				.metadata("value", value)
				.build());
			assertUnstorable(Answers
				.of(AssistantMessage.builder().content("text").properties(Map.of("value", value)).build(), "STOP"));
			assertUnstorable(new ChatResponse(List.of(new Generation(new AssistantMessage("text"),
					ChatGenerationMetadata.builder().metadata("value", value).build()))));
		}
	}

	private void assertUnstorable(ChatResponse response) {
		assertThatExceptionOfType(UnstorableException.class)
			.isThrownBy(() -> this.codec.encode(ChatAnswer.whole(response)))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo("metadata"));
	}

	@Test
	void aCycleInTheMetadataIsLeftOut() {
		List<Object> cycle = new ArrayList<>();
		cycle.add(cycle);
		cycle.add(cycle);
		ChatResponse response = ChatResponse.builder()
			.generations(List.of(new Generation(new AssistantMessage("text"))))
			.metadata("cycle", cycle)
			.build();
		assertThat(copy(response).getMetadata().keySet()).isEmpty();
	}

	@Test
	void nativeUsageIsLeftOutAndTheFiguresStay() {
		DefaultUsage usage = new DefaultUsage(1, 2, 3, new Object(), 4L, 5L);
		ChatResponse response = new ChatResponse(List.of(), ChatResponseMetadata.builder().usage(usage).build());
		assertThat(copy(response).getMetadata().getUsage()).isEqualTo(new DefaultUsage(1, 2, 3, null, 4L, 5L));
	}

	@Test
	void noUsageIsNoUsage() {
		ChatResponse response = new ChatResponse(List.of(), ChatResponseMetadata.builder().build());
		assertThat(copy(response).getMetadata().getUsage()).isInstanceOf(EmptyUsage.class);
	}

	@Test
	void aToolCallOfAMessageThatKnowsMoreIsNotStored() {
		AssistantMessage signed = new SignedMessage(Answers.toolCall("call_1").getToolCalls());
		assertThatExceptionOfType(UnstorableException.class)
			.isThrownBy(() -> this.codec.encode(ChatAnswer.whole(Answers.of(signed, "TOOL_CALLS"))));
		assertThat(copy(Answers.of(new SignedMessage(List.of()), "STOP")).getResult().getOutput().getText())
			.isEqualTo("signed");
	}

	@Test
	void theShapeOfAStreamComesBack() {
		ChatAnswer answer = new ChatAnswer(rich(), new StreamShape(List.of(List.of(0, 3, 200, 0), List.of()), false));
		assertThat(this.codec.decode(ByteBuffer.wrap(this.codec.encode(answer))).shape()).isEqualTo(answer.shape());
		assertThat(this.codec.decode(ByteBuffer.wrap(this.codec.encode(ChatAnswer.whole(rich())))).shape())
			.isSameAs(StreamShape.WHOLE);
	}

	@Property
	void everyTextAndEveryMetadataComesBack(@ForAll String text, @ForAll("metadata") Map<String, Object> metadata) {
		AssistantMessage message = AssistantMessage.builder().content(text).properties(metadata).build();
		AssistantMessage copy = copy(Answers.of(message, text)).getResult().getOutput();
		assertThat(copy).isEqualTo(message);
	}

	@Property
	void anyBytesAreAnAnswerOrAnExceptionButNeverAnError(@ForAll byte[] bytes) {
		decodeOrFail(bytes);
	}

	@Test
	void everyFlippedBitIsAnAnswerOrAnExceptionButNeverAnError() {
		byte[] bytes = this.codec.encode(ChatAnswer.whole(rich()));
		for (int bit = 0; bit < bytes.length * 8; bit++) {
			byte[] flipped = bytes.clone();
			flipped[bit / 8] ^= (byte) (1 << (bit % 8));
			decodeOrFail(flipped);
		}
	}

	@Test
	void bytesThatAnnounceMoreThanTheyHoldTakeNoMemory() {
		ByteWriter out = new ByteWriter();
		out.write(ByteWriter.Text.UTF_8);
		out.number(Integer.MAX_VALUE);
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> this.codec.decode(ByteBuffer.wrap(out.toByteArray())))
			.withMessageContaining("More is announced");
	}

	@Provide
	Arbitrary<Map<String, Object>> metadata() {
		Arbitrary<Object> scalar = Arbitraries.oneOf(Arbitraries.strings().asGeneric(),
				Arbitraries.integers().asGeneric(), Arbitraries.longs().asGeneric(), Arbitraries.doubles().asGeneric(),
				Arbitraries.floats().asGeneric(), Arbitraries.of(true, false).asGeneric(),
				Arbitraries.longs().between(-1_000_000_000, 1_000_000_000_000L).map(Instant::ofEpochMilli).asGeneric(),
				Arbitraries.longs().map(Duration::ofNanos).asGeneric());
		Arbitrary<Object> nested = Arbitraries.oneOf(scalar, scalar.list().ofMaxSize(3).asGeneric(),
				Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), scalar).ofMaxSize(3).asGeneric());
		return Combinators.combine(Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), nested).ofMaxSize(5), scalar)
			.as((map, value) -> new LinkedHashMap<>(map));
	}

	private void decodeOrFail(byte[] bytes) {
		try {
			assertThat(this.codec.decode(ByteBuffer.wrap(bytes))).isInstanceOf(ChatAnswer.class);
		}
		catch (RuntimeException ex) {
			assertThat(String.valueOf(ex.getMessage())).doesNotContain("hello");
		}
	}

	private ChatResponse copy(ChatResponse response) {
		return this.codec.decode(ByteBuffer.wrap(this.codec.encode(ChatAnswer.whole(response)))).response();
	}

	private static ChatResponse rich() {
		AssistantMessage first = AssistantMessage.builder()
			.content("hello \ud83d\ude00 \ud800 \u0000")
			.properties(Map.of("reasoningContent", "because", "index", 3, "bytes", "x", "at", Instant.EPOCH))
			.toolCalls(List.of(new AssistantMessage.ToolCall("call_1", "function", "weather", "{}")))
			.build();
		ChatGenerationMetadata metadata = ChatGenerationMetadata.builder()
			.finishReason("TOOL_CALLS")
			.contentFilter("none")
			.metadata("took", Duration.ofMillis(5))
			.build();
		return ChatResponse.builder()
			.generations(List.of(new Generation(first, metadata), new Generation(new AssistantMessage("second"))))
			.metadata(ChatResponseMetadata.builder()
				.id("id-1")
				.model("gpt")
				.usage(new DefaultUsage(10, 20, 30, null, 4L, null))
				.keyValue("system-fingerprint", "fp_1")
				.keyValue("numbers", List.of(1, 2L, 3.0, 4.0f))
				.build())
			.build();
	}

	/**
	 * A message of a provider that signs what it says.
	 */
	private static final class SignedMessage extends AssistantMessage {

		SignedMessage(List<ToolCall> toolCalls) {
			super("signed", Map.of(), toolCalls, List.of());
		}

	}

}
