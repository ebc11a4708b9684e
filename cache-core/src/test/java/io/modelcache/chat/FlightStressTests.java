package io.modelcache.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.modelcache.CacheControl;
import io.modelcache.store.CacheStore;
import io.modelcache.store.Selector;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.HookedStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that whatever many callers do at once, everybody gets an answer to his own
 * question, and no flight is left behind. What each of them does follows from a seed, how
 * they meet does not.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FlightStressTests {

	private static final int THREADS = 12;

	private static final int QUESTIONS = 3;

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

	private final CaffeineCacheStore memory = CaffeineCacheStore.builder().build();

	private final RestlessModel model = new RestlessModel();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void nobodyAsksWhatIsBeingAsked(boolean blocking) throws Exception {
		CachingChatModel caching = caching(blocking).build();
		run(caching, 200, FlightStressTests::calm);
		assertThat(this.model.most).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void everybodyGetsAnAnswerHoweverWildItIs(boolean blocking) throws Exception {
		this.model.wild = true;
		run(caching(blocking).build(), 200, FlightStressTests::wild);
		run(caching(blocking).maxWait(Duration.ofNanos(50_000)).build(), 200, FlightStressTests::wild);
		run(caching(blocking).maxEntrySize(100).build(), 100, FlightStressTests::wild);
	}

	@Test
	@Tag("slow")
	void everybodyGetsAnAnswerForAWhile() throws Exception {
		run(caching(false).build(), 15_000, FlightStressTests::calm);
		assertThat(this.model.most).hasValue(1);
		this.model.wild = true;
		for (boolean blocking : new boolean[] { false, true }) {
			run(caching(blocking).build(), 5_000, FlightStressTests::wild);
			run(caching(blocking).maxWait(Duration.ofNanos(50_000)).build(), 5_000, FlightStressTests::wild);
		}
	}

	private void run(CachingChatModel caching, int rounds, Behavior behavior) throws Exception {
		List<Future<Integer>> all = new ArrayList<>();
		for (int thread = 0; thread < THREADS; thread++) {
			Random random = new Random(thread);
			all.add(this.threads.submit(() -> {
				for (int round = 0; round < rounds; round++) {
					String question = "question " + random.nextInt(QUESTIONS);
					String answer = behavior.ask(caching, new Prompt(question), random);
					assertThat(answer).satisfiesAnyOf((text) -> assertThat(text).startsWith(question),
							(text) -> assertThat(text).isEqualTo("failed: " + question));
					if (random.nextInt(3) == 0) {
						this.memory.evict(Selector.all());
					}
				}
				return rounds;
			}));
		}
		for (Future<Integer> one : all) {
			assertThat(one.get(4, TimeUnit.MINUTES)).isEqualTo(rounds);
		}
		await().until(() -> caching.underWay() == 0);
		await().until(() -> this.model.active.values().stream().allMatch((count) -> count.get() == 0));
	}

	private CachingChatModel.Builder caching(boolean blocking) {
		CacheStore store = new HookedStore(this.memory, blocking);
		return CachingChatModel.builder(this.model).name("chat").store(store);
	}

	private static String calm(CachingChatModel caching, Prompt prompt, Random random) {
		try {
			return random.nextBoolean() ? text(caching.call(prompt)) : text(caching.stream(prompt));
		}
		catch (ModelFailure ex) {
			return "failed: " + prompt.getContents();
		}
	}

	private static String wild(CachingChatModel caching, Prompt prompt, Random random) {
		try {
			return switch (random.nextInt(8)) {
				case 0 -> {
					caching.stream(prompt).onErrorComplete().subscribe().dispose();
					yield prompt.getContents();
				}
				case 1 -> text(caching.stream(prompt).take(1));
				case 2 -> {
					Thread.currentThread().interrupt();
					yield text(caching.call(prompt));
				}
				case 3 -> text(caching.stream(prompt).limitRate(1).publishOn(Schedulers.parallel(), 1));
				case 4 -> text(CacheControl.noCache().call(() -> caching.call(prompt)));
				default -> calm(caching, prompt, random);
			};
		}
		catch (ModelFailure ex) {
			return "failed: " + prompt.getContents();
		}
		finally {
			Thread.interrupted();
		}
	}

	private static String text(ChatResponse response) {
		return response.getResult().getOutput().getText();
	}

	private static String text(Flux<ChatResponse> stream) {
		StringBuilder text = new StringBuilder();
		for (ChatResponse chunk : stream.collectList().block(Duration.ofMinutes(1))) {
			chunk.getResults().forEach((generation) -> text.append(generation.getOutput().getText()));
		}
		return text.toString();
	}

	/**
	 * What one caller does.
	 */
	private interface Behavior {

		String ask(CachingChatModel caching, Prompt prompt, Random random);

	}

	/**
	 * What the model throws now and then.
	 */
	private static final class ModelFailure extends RuntimeException {

		private static final long serialVersionUID = 1L;

		ModelFailure(String message) {
			super(message, null, false, false);
		}

	}

	/**
	 * A model that takes its time, fails, is cut short or stops half-way, and counts how
	 * many ask it the same at once.
	 */
	private static final class RestlessModel extends CountingChatModel {

		private final Map<String, AtomicInteger> active = new ConcurrentHashMap<>();

		private final AtomicInteger most = new AtomicInteger();

		private final AtomicLong number = new AtomicLong();

		private volatile boolean wild;

		@Override
		public ChatResponse call(Prompt prompt) {
			long number = begin(prompt);
			try {
				for (long i = 0; i < number % 50; i++) {
					Thread.yield();
				}
				if (number % 7 == 0) {
					throw new ModelFailure(prompt.getContents());
				}
				ChatResponse answer = answer(prompt.getContents());
				return (this.wild && number % 5 == 0) ? Answers.withFinishReason(answer, "LENGTH") : answer;
			}
			finally {
				end(prompt);
			}
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.defer(() -> {
				long number = begin(prompt);
				AtomicInteger open = new AtomicInteger(1);
				Runnable end = () -> {
					if (open.getAndSet(0) == 1) {
						end(prompt);
					}
				};
				Flux<ChatResponse> chunks = Flux.just(Chunks.chunk(prompt.getContents(), null),
						Chunks.chunk(", so long", null));
				chunks = (number % 7 == 0) ? chunks.concatWith(Flux.error(() -> new ModelFailure(prompt.getContents())))
						: chunks.concatWithValues(Chunks.chunk("", (this.wild && number % 5 == 0) ? "LENGTH" : "STOP"));
				chunks = (number % 2 == 0) ? chunks.publishOn(Schedulers.parallel(), 1) : chunks.hide();
				return chunks.doOnTerminate(end).doOnCancel(end);
			});
		}

		private long begin(Prompt prompt) {
			int now = this.active.computeIfAbsent(prompt.getContents(), (none) -> new AtomicInteger())
				.incrementAndGet();
			this.most.accumulateAndGet(now, Math::max);
			return this.number.incrementAndGet();
		}

		private void end(Prompt prompt) {
			this.active.get(prompt.getContents()).decrementAndGet();
		}

	}

}
