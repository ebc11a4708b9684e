package io.modelcache.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.modelcache.key.Fingerprint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The part of {@link CacheStoreContract} about several threads and interrupted ones.
 */
interface ConcurrencyContract extends StoreContract {

	@Test
	default void aReaderSeesOneEntryOrTheOtherAndNeverAMixture() throws Exception {
		StoredEntry some = entry("a").payload(new byte[3000]).bean("some").tags("x", "y").question("some").build();
		StoredEntry other = entry("a").payload(new byte[10])
			.bean("other")
			.scope(TestEntry.scope("other"))
			.tags("z")
			.build();
		put(some);
		inParallel(List.of(repeated(150, () -> put(some)), repeated(150, () -> put(other)),
				repeated(300, () -> assertEither(store().get(some.fingerprint()), some, other)),
				repeated(100, () -> scanAll(Selector.all(), 10).forEach((found) -> assertEither(found, some, other)))));
		assertEither(store().get(some.fingerprint()), some, other);
	}

	@Test
	default void afterARaceWhatIsThereIsFoundByItsLabels() throws Exception {
		StoredEntry some = entry("a").bean("some").tags("x", "y").build();
		StoredEntry other = entry("a").bean("other").tags("y", "z").build();
		List<Fingerprint> fingerprint = List.of(some.fingerprint());
		for (int round = 0; round < 20; round++) {
			inParallel(List.of(repeated(5, () -> put(some)), repeated(5, () -> put(other)),
					repeated(5, () -> store().evictAll(fingerprint)),
					repeated(5, () -> store().evict(Selector.all().withTag("x")))));
			StoredEntry left = store().get(some.fingerprint());
			for (String label : List.of("x", "y", "z")) {
				boolean tagged = left != null && left.tags().contains(label);
				assertThat(scanAll(Selector.all().withTag(label), 10)).hasSize(tagged ? 1 : 0);
			}
			assertThat(store().evict(Selector.all().withTag("y"))).isEqualTo((left != null) ? 1 : 0);
		}
	}

	@Test
	default void putsOfDifferentEntriesAreAllKept() throws Exception {
		List<Callable<Void>> tasks = new ArrayList<>();
		List<StoredEntry> entries = new ArrayList<>();
		for (int thread = 0; thread < 8; thread++) {
			List<StoredEntry> own = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				own.add(entry("e " + thread + " " + i).tags("t", "t" + thread).build());
			}
			entries.addAll(own);
			tasks.add(repeated(1, () -> store().putAll(own)));
		}
		inParallel(tasks);
		assertThat(fingerprints(scanAll(Selector.all().withTag("t"), 100))).isEqualTo(fingerprints(entries));
		assertThat(store().evict(Selector.all().withTag("t3"))).isEqualTo(50);
		assertThat(store().evict(Selector.all())).isEqualTo(350);
	}

	@Test
	default void theInterruptFlagOfTheCallerIsLeftAlone() {
		StoredEntry entry = entry("a").tags("t").build();
		put(entry);
		List<Runnable> calls = List.of(() -> store().get(entry.fingerprint()),
				() -> store().getAll(List.of(entry.fingerprint())), () -> put(entry),
				() -> store().scan(Selector.all(), null, 10), () -> store().evictAll(List.of(entry.fingerprint())),
				() -> store().evict(Selector.all().withTag("t")), () -> store().stats());
		for (Runnable call : calls) {
			assertThat(isInterruptedAfter(call)).as("still interrupted").isTrue();
		}
		put(entry);
		assertThere(entry);
	}

	private static boolean isInterruptedAfter(Runnable call) {
		Thread.currentThread().interrupt();
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			// allowed: a store need not serve an interrupted thread
		}
		return Thread.interrupted();
	}

	private void assertEither(StoredEntry actual, StoredEntry some, StoredEntry other) {
		assertEqual(actual, (actual.bean().equals(some.bean())) ? some : other);
	}

	private static Callable<Void> repeated(int times, Runnable action) {
		return () -> {
			for (int i = 0; i < times; i++) {
				action.run();
			}
			return null;
		};
	}

	private static void inParallel(List<Callable<Void>> tasks)
			throws InterruptedException, ExecutionException, TimeoutException {
		ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
		try {
			for (Future<Void> future : tasks.stream().map(executor::submit).toList()) {
				future.get(60, TimeUnit.SECONDS);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

}
