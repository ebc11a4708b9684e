package io.modelcache.benchmarks;

import io.modelcache.chat.CachingChatModel;
import io.modelcache.store.caffeine.CaffeineCacheStore;

import org.springframework.ai.chat.prompt.Prompt;

/**
 * Prints how much heap an entry with an answer of 1 kB takes, at 100,000 entries.
 * <p>
 * It compares the heap that is in use after a garbage collection, with and without the
 * entries.
 */
public final class HeapFootprint {

	private static final int ENTRIES = 100_000;

	private static final int COLLECTIONS = 5;

	private HeapFootprint() {
	}

	/**
	 * Measure and print.
	 * @param args none
	 */
	public static void main(String[] args) {
		CaffeineCacheStore store = CaffeineCacheStore.ofMaximumWeight(1L << 30);
		CachingChatModel model = CachingChatModel.builder(new OneAnswer()).store(store).build();
		model.call(new Prompt("warm-up"));
		long before = usedHeap();
		for (int i = 0; i < ENTRIES; i++) {
			model.call(new Prompt("question " + i));
		}
		long bytes = usedHeap() - before;
		System.out.printf("%,d entries, %,d bytes each (estimated by the store: %,d)%n", store.stats().entries(),
				bytes / ENTRIES, store.stats().bytes() / store.stats().entries());
	}

	/**
	 * Return how much heap is in use after a garbage collection.
	 */
	static long usedHeap() {
		Runtime runtime = Runtime.getRuntime();
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		return runtime.totalMemory() - runtime.freeMemory();
	}

}
