package io.modelcache.chat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.modelcache.CacheControl;
import io.modelcache.CacheStatus;
import io.modelcache.store.CacheStore;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.HookedStore;
import io.modelcache.testing.RecordingListener;
import io.modelcache.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

/**
 * Tests that a stream never blocks the thread of an event loop: BlockHound watches while
 * it is subscribed to on such a thread. It watches during these tests only, and the first
 * one shows that it does.
 */
@Timeout(60)
class NothingBlocksTests {

	private static final Prompt PROMPT = new Prompt("hello");

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final List<String> CAUGHT = new CopyOnWriteArrayList<>();

	private static volatile boolean watching;

	private final RecordingListener listener = new RecordingListener();

	private final TestClock clock = new TestClock();

	private final CaffeineCacheStore memory = CaffeineCacheStore.builder().clock(this.clock).build();

	private final HookedStore slow = new HookedStore(this.memory, true);

	private final HookedStore quick = new HookedStore(this.memory, false);

	private final CountDownLatch gate = new CountDownLatch(1);

	private final List<String> threads = new CopyOnWriteArrayList<>();

	private final CountingChatModel model = new CountingChatModel();

	@BeforeAll
	static void install() {
		BlockHound.install((builder) -> builder.blockingMethodCallback((method) -> {
			if (watching) {
				CAUGHT.add(method.toString());
				throw new BlockingOperationError(method);
			}
		}));
	}

	/**
	 * Loading a class blocks, so that all that are needed are loaded before.
	 */
	@BeforeEach
	void watch() {
		for (boolean blocking : new boolean[] { true, false }) {
			CachingChatModel caching = CachingChatModel.builder(new CountingChatModel())
				.store(new HookedStore(CaffeineCacheStore.builder().build(), blocking))
				.build();
			texts(caching);
			texts(caching);
			caching.call(PROMPT);
		}
		CAUGHT.clear();
		watching = true;
	}

	@AfterEach
	void stop() {
		watching = false;
		this.gate.countDown();
	}

	@Test
	void theCanaryIsCaught() {
		Mono<Integer> canary = Mono.fromCallable(() -> {
			Thread.sleep(1);
			return 1;
		}).subscribeOn(Schedulers.parallel());
		assertThatThrownBy(() -> canary.block(SOON)).hasCauseInstanceOf(BlockingOperationError.class);
		assertThat(CAUGHT).hasSize(1).allMatch((method) -> method.startsWith("java.lang.Thread.sleep"));
	}

	@Test
	void aStoreThatSaysItDoesNotBlockButDoesIsCaught() {
		this.quick.beforeRead(NothingBlocksTests::sleep);
		assertThat(texts(caching(this.quick))).startsWith("answer 1");
		assertThat(CAUGHT).isNotEmpty();
		assertThat(this.listener.events()).contains("failure:READ");
	}

	@Test
	void missesAndHitsInThisJvmAreAnsweredInPlace() {
		this.quick.beforeRead(() -> this.threads.add(Thread.currentThread().getName()));
		this.quick.beforeWrite(() -> this.threads.add(Thread.currentThread().getName()));
		CachingChatModel caching = caching(this.quick);
		assertThat(texts(caching)).startsWith("answer 1");
		assertThat(texts(caching)).startsWith("answer 1");
		assertThat(this.listener.events()).containsExactly("store", "miss", "hit");
		assertThat(this.threads).isNotEmpty().allMatch((thread) -> thread.startsWith("parallel-"));
		assertThat(CAUGHT).isEmpty();
	}

	@Test
	void aStoreThatBlocksIsAskedElsewhere() {
		this.slow.beforeRead(() -> {
			this.threads.add(Thread.currentThread().getName());
			sleep();
		});
		this.slow.beforeWrite(() -> {
			this.threads.add(Thread.currentThread().getName());
			sleep();
		});
		CachingChatModel caching = caching(this.slow);
		assertThat(texts(caching)).startsWith("answer 1");
		assertThat(texts(caching)).startsWith("answer 1");
		assertThat(this.listener.events()).containsExactly("store", "miss", "hit");
		assertThat(this.threads).hasSize(3)
			.allMatch((thread) -> thread.startsWith("boundedElastic-") || thread.startsWith("modelcache-leader-"));
		assertThat(CAUGHT).isEmpty();
	}

	@Test
	void aStoreThatIsDownIsAskedElsewhere() {
		Runnable down = () -> {
			sleep();
			throw new IllegalStateException("down");
		};
		this.slow.beforeRead(down);
		this.slow.beforeWrite(down);
		CachingChatModel caching = caching(this.slow);
		assertThat(texts(caching)).startsWith("answer 1");
		assertThat(texts(caching)).startsWith("answer 2");
		assertThat(this.listener.events()).contains("failure:READ", "failure:WRITE").doesNotContain("hit");
		assertThat(CAUGHT).isEmpty();
	}

	@Test
	void aStoreThatHangsHoldsNoEventLoopUp() {
		this.slow.beforeRead(this::hold);
		CachingChatModel caching = caching(this.slow);
		int all = Runtime.getRuntime().availableProcessors() * 3;
		AtomicInteger answered = new AtomicInteger();
		for (int i = 0; i < all; i++) {
			onEventLoop(caching.stream(PROMPT)).doOnComplete(answered::incrementAndGet).subscribe();
		}
		assertThat(Mono.just(1).publishOn(Schedulers.parallel()).block(SOON)).isEqualTo(1);
		assertThat(answered).hasValue(0);
		this.gate.countDown();
		await().untilAtomic(answered, equalTo(all));
		assertThat(CAUGHT).isEmpty();
	}

	@Test
	void whoFollowsACallWaitsWithoutAThread() {
		AtomicInteger asked = new AtomicInteger();
		CachingChatModel caching = caching(this.quick, new CountingChatModel((call) -> {
			asked.set(call);
			hold();
			return CountingChatModel.answer("answer " + call);
		}));
		Thread leader = new Thread(() -> caching.call(PROMPT));
		leader.start();
		await().untilAtomic(asked, equalTo(1));
		List<ChatResponse> chunks = new CopyOnWriteArrayList<>();
		Mono.fromRunnable(() -> caching.stream(PROMPT).subscribe(chunks::add))
			.subscribeOn(Schedulers.parallel())
			.block(SOON);
		assertThat(chunks).isEmpty();
		this.gate.countDown();
		await().until(() -> chunks.size() == 2);
		assertThat(CacheStatus.of(chunks.get(1)).collapsed()).isTrue();
		assertThat(CAUGHT).isEmpty();
	}

	@Test
	void whoFollowsAStreamWaitsWithoutAThread() {
		CountingChatModel slowly = new CountingChatModel() {

			@Override
			public Flux<ChatResponse> stream(Prompt prompt) {
				return Flux.fromIterable(Chunks.of("a", "b")).delayElements(Duration.ofMillis(5));
			}

		};
		CachingChatModel caching = caching(this.slow, slowly);
		List<List<ChatResponse>> all = Flux.range(0, 20)
			.flatMap((i) -> onEventLoop(caching.stream(PROMPT)).collectList())
			.collectList()
			.block(SOON);
		assertThat(all).hasSize(20).allSatisfy((chunks) -> assertThat(Chunks.texts(chunks)).contains("a", "b"));
		assertThat(CAUGHT).isEmpty();
	}

	@Test
	void aStaleAnswerIsRenewedElsewhere() {
		CacheControl stale = CacheControl.ttl(Duration.ofMinutes(1)).staleWhileRevalidate(Duration.ofHours(1));
		CachingChatModel caching = caching(this.quick, new CountingChatModel((call) -> {
			if (call > 1) {
				sleep();
			}
			return CountingChatModel.answer("answer " + call);
		}));
		Flux<ChatResponse> stream = caching.stream(PROMPT).contextWrite(stale.asContext());
		assertThat(Chunks.texts(onEventLoop(stream).collectList().block(SOON))).startsWith("answer 1");
		this.clock.advance(Duration.ofMinutes(5));
		assertThat(Chunks.texts(onEventLoop(stream).collectList().block(SOON))).startsWith("answer 1");
		await().until(() -> this.listener.events().stream().filter("store"::equals).count() == 2);
		assertThat(CAUGHT).isEmpty();
	}

	private List<String> texts(CachingChatModel caching) {
		return Chunks.texts(onEventLoop(caching.stream(PROMPT)).collectList().block(SOON));
	}

	private static <T> Flux<T> onEventLoop(Flux<T> stream) {
		return stream.subscribeOn(Schedulers.parallel());
	}

	private CachingChatModel caching(CacheStore store) {
		return caching(store, this.model);
	}

	private CachingChatModel caching(CacheStore store, CountingChatModel model) {
		return CachingChatModel.builder(model)
			.name("chat")
			.store(store)
			.clock(this.clock)
			.listener(this.listener)
			.build();
	}

	private void hold() {
		try {
			if (!this.gate.await(30, TimeUnit.SECONDS)) {
				throw new IllegalStateException("The gate was never opened");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * What BlockHound looks for.
	 */
	private static void sleep() {
		try {
			Thread.sleep(1);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
