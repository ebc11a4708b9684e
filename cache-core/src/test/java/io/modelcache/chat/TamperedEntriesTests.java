package io.modelcache.chat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

import io.modelcache.CacheControl;
import io.modelcache.CacheListener;
import io.modelcache.CacheStatus;
import io.modelcache.EntryTerms;
import io.modelcache.ModelCache;
import io.modelcache.ValueCodec;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.RecordingListener;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an entry which is not the one that was stored is a miss for calls and
 * streams: it is counted and deleted, nothing is thrown and no class of its choice is
 * loaded.
 */
class TamperedEntriesTests {

	private static final Prompt PROMPT = new Prompt("hello");

	private static final String LARGE = "the same again and again, ".repeat(1000);

	private static final int HEADER = 84;

	private final RecordingListener listener = new RecordingListener();

	private final CaffeineCacheStore store = CaffeineCacheStore.builder().build();

	private final CachingChatModel caching = caching(new CountingChatModel());

	private final CachingChatModel large = caching(
			new CountingChatModel((call) -> CountingChatModel.answer(call + LARGE)));

	@Property(tries = 300)
	void arbitraryBytesAreAMiss(@ForAll byte[] bytes) {
		assertMiss(this.caching, (payload) -> bytes);
	}

	@Property(tries = 300)
	void arbitraryBytesInsteadOfTheAnswerAreNoAnswerOfAForeignClass(@ForAll byte[] bytes) {
		forge(bytes);
		assertHarmless();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"@class\":\"java.net.URL\",\"a\":1}", "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==",
			"\u00ac\u00ed\u0000\u0005sr\u0000\u0011java.util.HashMap", "{\"lc\":1,\"type\":\"constructor\"}",
			"!!javax.script.ScriptEngineManager []", "<java><object class=\"java.lang.ProcessBuilder\"/></java>",
			"[\"java.util.ArrayList\",[]]" })
	void whatMakesOthersLoadClassesIsAMiss(String payload) {
		forge(payload.getBytes(StandardCharsets.ISO_8859_1));
		assertThat(CacheStatus.of(assertHarmless()).hit()).isFalse();
		assertThat(this.listener.events()).contains("failure:DECODE");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void everyFlippedBitIsAMiss(boolean compressed) {
		CachingChatModel model = compressed ? this.large : this.caching;
		StoredEntry entry = stored(model);
		for (int bit = 0; bit < entry.payload().length * 8; bit++) {
			int at = bit;
			assertMiss(model, entry, (payload) -> {
				payload[at / 8] ^= (byte) (1 << (at % 8));
				return payload;
			});
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void everyTruncationAndEveryAdditionIsAMiss(boolean compressed) {
		CachingChatModel model = compressed ? this.large : this.caching;
		StoredEntry entry = stored(model);
		for (int length = 0; length < entry.payload().length; length++) {
			int size = length;
			assertMiss(model, entry, (payload) -> Arrays.copyOf(payload, size));
		}
		assertMiss(model, entry, (payload) -> Arrays.copyOf(payload, payload.length + 1));
	}

	@Test
	void whatIsCompressedIsSmallAndIsAHit() {
		assertThat(stored(this.large).payload()).hasSizeLessThan(LARGE.length() / 10);
		assertThat(this.large.call("hello")).isEqualTo("1" + LARGE);
		assertThat(this.listener.events()).endsWith("hit");
	}

	@Test
	void aDecompressionBombIsAMiss() {
		StoredEntry entry = stored(this.large);
		for (int announced : new int[] { Integer.MAX_VALUE, 1_000_001, LARGE.length(), 1, 0, -1 }) {
			assertMiss(this.large, entry, (payload) -> {
				ByteBuffer.wrap(payload).putInt(HEADER, announced);
				return resealed(payload);
			});
		}
	}

	@Test
	void twoSwappedEntriesAreMisses() {
		StoredEntry hello = stored(this.caching);
		this.caching.call("bye");
		StoredEntry bye = this.store.scan(Selector.all(), null, 10)
			.entries()
			.stream()
			.filter((entry) -> !entry.fingerprint().equals(hello.fingerprint()))
			.findFirst()
			.orElseThrow();
		this.store.putAll(List.of(with(hello, hello.scope(), bye.payload()), with(bye, bye.scope(), hello.payload())));
		assertThat(this.caching.call("hello")).isEqualTo("answer 3");
		assertThat(this.caching.call("bye")).isEqualTo("answer 4");
	}

	@Test
	void theEntryOfAnotherScopeIsAMiss() {
		StoredEntry shared = stored(this.caching);
		CacheControl.scope("tenant").call(() -> this.caching.call("hello"));
		StoredEntry foreign = this.store.scan(Selector.all(), null, 10)
			.entries()
			.stream()
			.filter((entry) -> !entry.scope().equals(shared.scope()))
			.findFirst()
			.orElseThrow();
		assertMiss(this.caching, shared, (payload) -> foreign.payload());
		this.store.putAll(List.of(with(shared, foreign.scope(), shared.payload())));
		assertThat(this.caching.call("hello")).isNotEqualTo("answer 1");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, -1 })
	void anEntryOfAnotherVersionOrFormatIsAMiss(int other) {
		StoredEntry entry = stored(this.caching);
		for (int field : new int[] { 0, 1, 2, 3 }) {
			assertMiss(this.caching, entry, (payload) -> {
				payload[field] = (byte) other;
				return (field == 2 && other == 0) ? new byte[HEADER] : resealed(payload);
			});
		}
	}

	private void assertMiss(CachingChatModel model, UnaryOperator<byte[]> tampering) {
		assertMiss(model, stored(model), tampering);
	}

	/**
	 * Ask without leave to store, so that one sees what has been deleted.
	 */
	private void assertMiss(CachingChatModel model, StoredEntry entry, UnaryOperator<byte[]> tampering) {
		StoredEntry tampered = with(entry, entry.scope(), tampering.apply(entry.payload().clone()));
		this.store.putAll(List.of(tampered));
		this.listener.events().clear();
		assertThat(CacheStatus.of(CacheControl.noStore().call(() -> model.call(PROMPT))).hit()).isFalse();
		assertThat(this.listener.events()).containsExactly("failure:DECODE", "miss");
		assertThat(this.store.get(entry.fingerprint())).isNull();
		this.store.putAll(List.of(tampered));
		this.listener.events().clear();
		ChatResponse last = CacheControl.noStore().call(() -> model.stream(PROMPT)).blockLast();
		assertThat(CacheStatus.of(Objects.requireNonNull(last)).hit()).isFalse();
		assertThat(this.listener.events()).containsExactly("failure:DECODE", "miss");
		assertThat(this.store.get(entry.fingerprint())).isNull();
	}

	/**
	 * Put something else in the place of the answer, under a header that fits.
	 */
	private void forge(byte[] value) {
		StoredEntry entry = stored(this.caching);
		new ModelCache<>(this.caching.getSettings(), this.store, new RawCodec(), InstantSource.system(),
				CacheListener.NONE)
			.put(entry.fingerprint(), value, EntryTerms.shared(null));
		this.listener.events().clear();
	}

	private ChatResponse assertHarmless() {
		ChatResponse response = this.caching.call(PROMPT);
		assertThat(response.getResults())
			.allSatisfy((generation) -> assertThat(generation.getOutput()).isExactlyInstanceOf(AssistantMessage.class));
		return response;
	}

	private StoredEntry stored(CachingChatModel model) {
		this.store.evict(Selector.all());
		model.call(PROMPT);
		return this.store.scan(Selector.all(), null, 10).entries().get(0);
	}

	private CachingChatModel caching(CountingChatModel model) {
		return CachingChatModel.builder(model).name("chat").store(this.store).listener(this.listener).build();
	}

	private static StoredEntry with(StoredEntry entry, Fingerprint scope, byte[] payload) {
		return new StoredEntry(entry.fingerprint(), payload, entry.createdAt(), entry.freshUntil(), entry.keepUntil(),
				entry.bean(), scope, entry.tags(), null);
	}

	/**
	 * Make the checksum fit.
	 */
	private static byte[] resealed(byte[] payload) {
		CRC32C crc = new CRC32C();
		crc.update(payload, 0, HEADER - Integer.BYTES);
		crc.update(payload, HEADER, payload.length - HEADER);
		ByteBuffer.wrap(payload).putInt(HEADER - Integer.BYTES, (int) crc.getValue());
		return payload;
	}

	/**
	 * Writes any bytes in the name of the codec of answers.
	 */
	private static final class RawCodec implements ValueCodec<byte[]> {

		@Override
		public byte format() {
			return new ChatAnswerCodec().format();
		}

		@Override
		public boolean compressible() {
			return false;
		}

		@Override
		public byte[] encode(byte[] value) {
			return value;
		}

		@Override
		public byte[] decode(ByteBuffer bytes) {
			return bytes.array();
		}

	}

}
