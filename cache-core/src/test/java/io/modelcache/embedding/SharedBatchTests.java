package io.modelcache.embedding;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.modelcache.CacheStatus;
import io.modelcache.testing.CountingEmbeddingModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Batches that ask for the same inputs at the same time.
 */
@Timeout(60)
class SharedBatchTests extends EmbeddingFixture {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Gate gate = new Gate();

	private final CachingEmbeddingModel gated = caching(this.gate).build();

	@AfterEach
	void allFlightsHaveLanded() {
		this.threads.shutdownNow();
		assertThat(this.gated.flights().size()).isZero();
	}

	@Test
	void twoBatchesAskForWhatTheyShareOnce() throws Exception {
		Future<EmbeddingResponse> first = start(() -> this.gated.embedForResponse(List.of("a", "b", "c")));
		this.gate.awaitCalls(1);
		Future<EmbeddingResponse> second = start(() -> this.gated.embedForResponse(List.of("c", "d", "b")));
		this.gate.awaitCalls(2);
		this.gate.open();
		assertThat(first.get().getResults()).extracting(Embedding::getOutput).containsExactly(vectors("a", "b", "c"));
		assertThat(second.get().getResults()).extracting(Embedding::getOutput).containsExactly(vectors("c", "d", "b"));
		assertThat(this.gate.requests()).containsExactly(List.of("a", "b", "c"), List.of("d"));
		assertThat(CacheStatus.of(first.get()).collapsed()).isFalse();
		assertThat(CacheStatus.of(second.get()).collapsed()).isTrue();
		assertThat(CacheStatus.of(second.get()).misses()).isEqualTo(3);
		assertThat(CacheStatus.of(second.get()).stored()).isTrue();
		assertThat(second.get().getMetadata().getUsage().getTotalTokens()).as("paid by this batch").isEqualTo(1);
	}

	/**
	 * Each batch leads a text that the other one needs.
	 */
	@Test
	void batchesThatWaitForEachOtherDoNotBlockEachOther() throws Exception {
		Future<List<float[]>> first = start(() -> this.gated.embed(List.of("a", "b")));
		this.gate.awaitCalls(1);
		Future<List<float[]>> second = start(() -> this.gated.embed(List.of("c", "a")));
		this.gate.awaitCalls(2);
		Future<List<float[]>> third = start(() -> this.gated.embed(List.of("d", "c", "b")));
		this.gate.awaitCalls(3);
		this.gate.open();
		assertThat(first.get()).containsExactly(vectors("a", "b"));
		assertThat(second.get()).containsExactly(vectors("c", "a"));
		assertThat(third.get()).containsExactly(vectors("d", "c", "b"));
		assertThat(this.gate.requests()).containsExactly(List.of("a", "b"), List.of("c"), List.of("d"));
	}

	@Test
	void whoAsksForWhatIsUnderWayAsksNobody() throws Exception {
		Future<float[]> document = start(() -> this.gated.embed(new Document("a")));
		this.gate.awaitCalls(1);
		Future<float[]> sameDocument = start(() -> this.gated.embed(new Document("a")));
		Future<float[]> query = start(() -> this.gated.embed("q"));
		this.gate.awaitCalls(2);
		Future<float[]> sameQuery = start(() -> this.gated.embed("q"));
		awaitWaiting(2);
		this.gate.open();
		assertThat(sameDocument.get()).isEqualTo(document.get()).isNotSameAs(document.get());
		assertThat(sameQuery.get()).isEqualTo(query.get()).isNotSameAs(query.get());
		assertThat(this.gate.requests()).containsExactlyInAnyOrder(List.of("a"), List.of("q"));
	}

	@Test
	void twoHundredThreadsCauseOneCall() throws Exception {
		List<Future<List<float[]>>> answers = together(200, () -> this.gated.embed(List.of("a", "b", "a")));
		this.gate.awaitCalls(1);
		awaitWaiting(199);
		this.gate.open();
		for (Future<List<float[]>> answer : answers) {
			assertThat(answer.get()).containsExactly(vectors("a", "b", "a"));
		}
		assertThat(this.gate.requests()).containsExactly(List.of("a", "b"));
	}

	@Test
	void everyFollowerHasArraysOfHisOwn() throws Exception {
		Future<float[]> leader = start(() -> this.gated.embed("a"));
		this.gate.awaitCalls(1);
		Future<float[]> one = start(() -> this.gated.embed("a"));
		Future<float[]> other = start(() -> this.gated.embed("a"));
		awaitWaiting(2);
		this.gate.open();
		Arrays.fill(leader.get(), -1);
		Arrays.fill(one.get(), -1);
		assertThat(other.get()).isEqualTo(this.model.vector("a"));
	}

	@Test
	void theFailureOfTheLeaderIsThatOfAllWhoAskedTheSame() throws Exception {
		IllegalStateException failure = new IllegalStateException("no money");
		this.gate.failure = failure;
		List<Future<float[]>> answers = together(50, () -> this.gated.embed("a"));
		this.gate.awaitCalls(1);
		awaitWaiting(49);
		this.gate.open();
		for (Future<float[]> answer : answers) {
			assertThat(failureOf(answer)).isSameAs(failure);
		}
		assertThat(this.gate.requests()).hasSize(1);
	}

	/**
	 * What made a batch fail may be a text that nobody else has asked for.
	 */
	@Test
	void theFailureOfAnotherBatchIsNotShared() throws Exception {
		this.gate.poison = "poison";
		Future<List<float[]>> leader = start(() -> this.gated.embed(List.of("a", "poison")));
		this.gate.awaitCalls(1);
		List<Future<float[]>> followers = together(3, () -> this.gated.embed("a"));
		awaitWaiting(3);
		this.gate.open();
		assertThat(failureOf(leader)).hasMessage("poison");
		for (Future<float[]> follower : followers) {
			assertThat(follower.get()).isEqualTo(this.model.vector("a"));
		}
	}

	@Test
	void ofSlicesThoseThatWereNotAskedYetAreTakenOver() throws Exception {
		this.gate.poison = "poison";
		CachingEmbeddingModel sliced = caching(this.gate).batchSize(1).build();
		Future<List<float[]>> leader = start(() -> sliced.embed(List.of("a", "poison", "b")));
		this.gate.awaitCalls(1);
		Future<List<float[]>> follower = start(() -> sliced.embed(List.of("a", "b")));
		awaitWaiting(sliced, 1);
		this.gate.open();
		assertThat(failureOf(leader)).hasMessage("poison");
		assertThat(follower.get()).containsExactly(vectors("a", "b"));
		assertThat(this.gate.requests()).containsExactly(List.of("a"), List.of("poison"), List.of("b"));
		assertThat(sliced.flights().size()).isZero();
	}

	@Test
	void aSliceThatIsThereDoesNotWaitForTheNext() throws Exception {
		CachingEmbeddingModel sliced = caching(this.gate).batchSize(1).build();
		Future<List<float[]>> leader = start(() -> sliced.embed(List.of("a", "b")));
		this.gate.awaitCalls(1);
		Future<float[]> follower = start(() -> sliced.embed("a"));
		awaitWaiting(sliced, 1);
		this.gate.letPass(1);
		assertThat(follower.get()).isEqualTo(this.model.vector("a"));
		assertThat(leader.isDone()).isFalse();
		this.gate.open();
		assertThat(leader.get()).containsExactly(vectors("a", "b"));
	}

	@Test
	void anAnswerThatDoesNotFitIsOfNoUseToOthers() throws Exception {
		this.gate.shortens = true;
		Future<List<float[]>> leader = start(() -> this.gated.embed(List.of("a", "b")));
		this.gate.awaitCalls(1);
		Future<List<float[]>> follower = start(() -> this.gated.embed(List.of("b", "a")));
		awaitWaiting(1);
		this.gate.open();
		assertThat(leader.get()).containsExactly(vectors("b"));
		assertThat(follower.get()).containsExactly(vectors("a"));
		assertThat(this.store.stats().entries()).isZero();
	}

	@Test
	void aFollowerWhoIsInterruptedAsksForHimselfAndDisturbsNobody() throws Exception {
		Future<float[]> leader = start(() -> this.gated.embed("a"));
		this.gate.awaitCalls(1);
		Future<float[]> patient = start(() -> this.gated.embed("a"));
		AtomicReference<Thread> thread = new AtomicReference<>();
		Future<Boolean> interrupted = start(() -> {
			thread.set(Thread.currentThread());
			assertThatIllegalStateException().isThrownBy(() -> this.gated.embed("a")).withMessage("interrupted");
			return Thread.currentThread().isInterrupted();
		});
		awaitWaiting(2);
		thread.get().interrupt();
		assertThat(interrupted.get()).as("its flag is kept").isTrue();
		assertThat(leader.isDone()).isFalse();
		this.gate.open();
		assertThat(leader.get()).isEqualTo(this.model.vector("a"));
		assertThat(patient.get()).isEqualTo(this.model.vector("a"));
		assertThat(this.gate.requests()).as("the leader and the impatient one").hasSize(2);
	}

	@Test
	void whenTheLeaderIsInterruptedOneFollowerTakesOver() throws Exception {
		AtomicReference<Thread> thread = new AtomicReference<>();
		Future<float[]> leader = start(() -> {
			thread.set(Thread.currentThread());
			return this.gated.embed("a");
		});
		this.gate.awaitCalls(1);
		List<Future<float[]>> followers = together(20, () -> this.gated.embed("a"));
		awaitWaiting(20);
		thread.get().interrupt();
		this.gate.awaitCalls(2);
		assertThat(failureOf(leader)).hasMessage("interrupted");
		awaitWaiting(19);
		this.gate.open();
		for (Future<float[]> follower : followers) {
			assertThat(follower.get()).isEqualTo(this.model.vector("a"));
		}
		assertThat(this.gate.requests()).hasSize(2);
	}

	@Test
	void oneFollowerAtATimeIsPromotedWhenTheLeaderTakesTooLong() throws Exception {
		CachingEmbeddingModel impatient = caching(this.gate).maxWait(Duration.ofMillis(50)).build();
		Future<List<float[]>> leader = start(() -> impatient.embed(List.of("a", "b")));
		this.gate.awaitCalls(1);
		List<Future<List<float[]>>> followers = together(10, () -> impatient.embed(List.of("b", "a")));
		this.gate.awaitCalls(3);
		assertThat(leader.isDone()).isFalse();
		assertThat(this.gate.requests()).as("not all ten at once").hasSizeLessThan(8);
		this.gate.open();
		for (Future<List<float[]>> follower : followers) {
			assertThat(follower.get()).containsExactly(vectors("b", "a"));
		}
		assertThat(leader.get()).containsExactly(vectors("a", "b"));
		assertThat(impatient.flights().size()).isZero();
	}

	@Test
	void aWaitOfCenturiesIsOne() {
		CachingEmbeddingModel patient = caching(this.model).maxWait(Duration.ofDays(200_000)).build();
		assertThat(patient.embed("a")).isEqualTo(this.model.vector("a"));
		assertThat(patient.embed(List.of("a", "b"))).containsExactly(vectors("a", "b"));
	}

	@Test
	void aWaitThatIsNotPositiveIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> caching(this.gate).maxWait(Duration.ZERO))
			.withMessageContaining("'maxWait' must be positive");
	}

	@Test
	void aModelThatAsksItselfByItsDecoratorDoesNotWaitForItself() {
		AtomicReference<EmbeddingModel> decorator = new AtomicReference<>();
		CountingEmbeddingModel recursive = new CountingEmbeddingModel() {

			@Override
			public EmbeddingResponse call(EmbeddingRequest request) {
				if (requests().isEmpty()) {
					requests().add(request.getInstructions());
					return decorator.get().call(request);
				}
				return super.call(request);
			}

		};
		decorator.set(caching(recursive).build());
		assertThat(decorator.get().embed("a")).isEqualTo(this.model.vector("a"));
	}

	@Test
	void everybodyAsksForHimselfIfToldSo() throws Exception {
		CachingEmbeddingModel alone = caching(this.gate).singleFlight(false).build();
		List<Future<float[]>> answers = together(3, () -> alone.embed("a"));
		this.gate.awaitCalls(3);
		this.gate.open();
		for (Future<float[]> answer : answers) {
			assertThat(answer.get()).isEqualTo(this.model.vector("a"));
		}
		assertThat(alone.flights()).isNull();
	}

	private <T> Future<T> start(Callable<T> action) {
		return this.threads.submit(action);
	}

	private <T> List<Future<T>> together(int count, Supplier<T> action) {
		CyclicBarrier barrier = new CyclicBarrier(count);
		List<Future<T>> futures = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			futures.add(start(() -> {
				barrier.await();
				return action.get();
			}));
		}
		return futures;
	}

	private void awaitWaiting(int followers) {
		awaitWaiting(this.gated, followers);
	}

	private void awaitWaiting(CachingEmbeddingModel model, int followers) {
		await().until(() -> model.flights().waiting() == followers);
	}

	private static Throwable failureOf(Future<?> future) throws InterruptedException {
		try {
			future.get();
		}
		catch (ExecutionException ex) {
			return ex.getCause();
		}
		throw new AssertionError("It did not fail");
	}

	/**
	 * A model that answers when it is let.
	 */
	private static final class Gate extends CountingEmbeddingModel {

		private final Semaphore permits = new Semaphore(0);

		private volatile RuntimeException failure;

		private volatile String poison = "";

		private volatile boolean shortens;

		void awaitCalls(int calls) {
			await().until(() -> requests().size() >= calls);
		}

		void letPass(int calls) {
			this.permits.release(calls);
		}

		void open() {
			letPass(1_000_000);
		}

		@Override
		public EmbeddingResponse call(EmbeddingRequest request) {
			EmbeddingResponse response = super.call(request);
			try {
				this.permits.acquire();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("interrupted", ex);
			}
			if (this.failure != null) {
				throw this.failure;
			}
			if (request.getInstructions().contains(this.poison)) {
				throw new IllegalStateException(this.poison);
			}
			return this.shortens ? new EmbeddingResponse(response.getResults().subList(1, response.getResults().size()))
					: response;
		}

	}

}
