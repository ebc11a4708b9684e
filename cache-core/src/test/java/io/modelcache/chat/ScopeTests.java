package io.modelcache.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.modelcache.CacheControl;
import io.modelcache.CacheScopeResolver;
import io.modelcache.CacheStatus;
import io.modelcache.store.Selector;
import io.modelcache.store.StoredEntry;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.RecordingListener;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an answer is given to nobody of another scope.
 */
class ScopeTests {

	private static final Prompt PROMPT = new Prompt("hello");

	private final ThreadLocal<String> tenant = new ThreadLocal<>();

	private final CaffeineCacheStore store = CaffeineCacheStore.builder().build();

	private final RecordingListener listener = new RecordingListener();

	private final CountingChatModel model = new CountingChatModel();

	private final CachingChatModel caching = caching(this.model,
			(context) -> context.getOrDefault("tenant", this.tenant.get()));

	@Test
	void eachThreadHasItsScope() {
		this.tenant.set("a");
		assertThat(this.caching.call("hello")).isEqualTo("answer 1");
		this.tenant.set("b");
		assertThat(this.caching.call("hello")).isEqualTo("answer 2");
		this.tenant.set("a");
		assertThat(this.caching.call("hello")).isEqualTo("answer 1");
	}

	@Test
	void eachContextHasItsScope() {
		assertThat(streamed("a")).isEqualTo("answer 1");
		assertThat(streamed("b")).isEqualTo("answer 2");
		assertThat(streamed("a")).isEqualTo("answer 1");
		this.tenant.set("a");
		assertThat(this.caching.call("hello")).isEqualTo("answer 1");
	}

	@Test
	void theScopeOfTheThreadThatCallsCountsWhereverTheStreamIsSubscribedTo() {
		this.tenant.set("a");
		Flux<ChatResponse> stream = this.caching.stream(PROMPT).subscribeOn(Schedulers.boundedElastic());
		this.tenant.remove();
		assertThat(text(stream)).isEqualTo("answer 1");
		this.tenant.set("a");
		assertThat(this.caching.call("hello")).isEqualTo("answer 1");
	}

	@Test
	void aStreamThatIsCalledInOneScopeAndSubscribedToInAnotherLeavesTheCacheAside() {
		this.tenant.set("a");
		Flux<ChatResponse> stream = this.caching.stream(PROMPT).contextWrite((context) -> context.put("tenant", "b"));
		assertThat(text(stream)).isEqualTo("answer 1");
		assertThat(text(stream)).isEqualTo("answer 2");
		assertThat(this.listener.events()).containsOnly("bypass:ambiguous-scope");
		assertThat(this.store.stats().entries()).isZero();
	}

	@Test
	void anUnknownScopeLeavesTheCacheAside() {
		assertThat(this.caching.call("hello")).isEqualTo("answer 1");
		assertThat(text(this.caching.stream(PROMPT))).isEqualTo("answer 2");
		this.tenant.set(" ");
		assertThat(this.caching.call("hello")).isEqualTo("answer 3");
		assertThat(text(this.caching.stream(PROMPT))).isEqualTo("answer 4");
		assertThat(this.listener.events()).containsOnly("bypass:unresolved-scope");
		assertThat(this.store.stats().entries()).isZero();
	}

	@Test
	void aResolverThatFailsLeavesTheCacheAside() {
		CachingChatModel failing = caching(this.model, (context) -> {
			throw new IllegalStateException("no security context");
		});
		assertThat(failing.call("hello")).isEqualTo("answer 1");
		assertThat(text(failing.stream(PROMPT))).isEqualTo("answer 2");
		assertThat(this.store.stats().entries()).isZero();
	}

	@Test
	void aCallMayNameItsScopeItself() {
		assertThat(CacheControl.scope("a").call(() -> this.caching.call("hello"))).isEqualTo("answer 1");
		this.tenant.set("a");
		assertThat(this.caching.call("hello")).isEqualTo("answer 1");
		assertThat(text(this.caching.stream(PROMPT).contextWrite(CacheControl.scope("b").asContext())))
			.isEqualTo("answer 2");
	}

	@Test
	void noScopeIsThatOfAnApplicationWithoutScopes() {
		CachingChatModel shared = caching(this.model, null);
		assertThat(shared.call("hello")).isEqualTo("answer 1");
		for (String name : List.of("shared", "default", "true", "null")) {
			assertThat(CacheControl.scope(name).call(() -> shared.call("hello"))).isNotEqualTo("answer 1");
		}
	}

	@Test
	void theNameOfAScopeIsNotStored() {
		CacheControl.scope("Alice Example").call(() -> this.caching.call("hello"));
		StoredEntry entry = this.store.scan(Selector.all(), null, 1).entries().get(0);
		assertThat(entry.toString() + new String(entry.payload(), java.nio.charset.StandardCharsets.ISO_8859_1))
			.doesNotContain("Alice");
	}

	@Property(tries = 300)
	void twoScopesShareNothing(@ForAll("hostile") String one, @ForAll("hostile") String other) {
		Assume.that(!one.equals(other) && !one.isBlank() && !other.isBlank());
		CountingChatModel asked = new CountingChatModel();
		CachingChatModel scoped = caching(asked, null);
		String prompt = "question " + this.store.stats().entries();
		String first = CacheControl.scope(one).call(() -> scoped.call(prompt));
		String second = CacheControl.scope(other).call(() -> scoped.call(prompt));
		assertThat(second).isNotEqualTo(first);
		assertThat(CacheControl.scope(one).call(() -> text(scoped.stream(new Prompt(prompt))))).isEqualTo(first);
		assertThat(text(scoped.stream(new Prompt(prompt)).contextWrite(CacheControl.scope(other).asContext())))
			.isEqualTo(second);
		assertThat(scoped.call(prompt)).isNotIn(first, second);
		assertThat(asked.calls()).isEqualTo(3);
	}

	@Property(tries = 100)
	void twoScopesFollowNoFlightOfEachOther(@ForAll("hostile") String one, @ForAll("hostile") String other) {
		Assume.that(!one.equals(other) && !one.isBlank() && !other.isBlank());
		AtomicInteger asked = new AtomicInteger();
		List<Sinks.Many<ChatResponse>> sinks = new ArrayList<>();
		CountingChatModel streaming = new CountingChatModel() {

			@Override
			public ChatResponse call(Prompt prompt) {
				return CountingChatModel.answer("call " + asked.incrementAndGet());
			}

			@Override
			public Flux<ChatResponse> stream(Prompt prompt) {
				return Flux.defer(() -> {
					Sinks.Many<ChatResponse> sink = Sinks.many().unicast().onBackpressureBuffer();
					sink.tryEmitNext(Chunks.chunk("stream " + asked.incrementAndGet(), null));
					sinks.add(sink);
					return sink.asFlux();
				});
			}

		};
		CachingChatModel scoped = caching(streaming, null);
		List<List<ChatResponse>> seen = new ArrayList<>();
		for (String scope : List.of(one, other, one, other)) {
			List<ChatResponse> chunks = new ArrayList<>();
			seen.add(chunks);
			scoped.stream(PROMPT).contextWrite(CacheControl.scope(scope).asContext()).subscribe(chunks::add);
		}
		assertThat(seen).extracting((chunks) -> Chunks.texts(chunks).get(0))
			.containsExactly("stream 1", "stream 2", "stream 1", "stream 2");
		assertThat(CompletableFuture
			.supplyAsync(() -> CacheControl.scope(one + other + "x").call(() -> scoped.call("hello")))
			.join()).isEqualTo("call 3");
		sinks.forEach((sink) -> sink.tryEmitNext(Chunks.chunk("", "STOP")));
		sinks.forEach(Sinks.Many::tryEmitComplete);
		assertThat(seen).allSatisfy((chunks) -> assertThat(CacheStatus.of(chunks.get(1)).stored()).isTrue());
		this.store.evict(Selector.all());
	}

	@Provide
	Arbitrary<String> hostile() {
		Arbitrary<String> pieces = Arbitraries
			.of("a", "b", "A", " ", "\u0000", "\u0001", ":", "|", "\n", "\\", "\"", "tenant", "scope", "name", "shared",
					"\ud800", "\ud801", "\udc00", "\ud83d\ude00", "?", "\ufffd", "\u00e9", "e\u0301", "null", "1")
			.list()
			.ofMinSize(1)
			.ofMaxSize(3)
			.map((list) -> String.join("", list));
		return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(4, pieces),
				net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMinLength(1).ofMaxLength(300)));
	}

	private CachingChatModel caching(CountingChatModel model, CacheScopeResolver resolver) {
		return CachingChatModel.builder(model)
			.name("chat")
			.store(this.store)
			.listener(this.listener)
			.scopeResolver(resolver)
			.build();
	}

	private String streamed(String scope) {
		return text(this.caching.stream(PROMPT).contextWrite((context) -> context.put("tenant", scope)));
	}

	private static String text(Flux<ChatResponse> stream) {
		return String.join("",
				stream
					.mapNotNull((chunk) -> (chunk.getResult() != null) ? chunk.getResult().getOutput().getText() : null)
					.collectList()
					.block());
	}

}
