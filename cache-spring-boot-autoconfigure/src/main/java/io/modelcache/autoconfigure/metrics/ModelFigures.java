package io.modelcache.autoconfigure.metrics;

import java.util.concurrent.atomic.LongAdder;

import io.modelcache.CacheStatus;
import io.modelcache.SavedCall;

/**
 * What the cache of one model has done since the start. Safe for use by several threads.
 */
public final class ModelFigures {

	private final LongAdder hits = new LongAdder();

	private final LongAdder misses = new LongAdder();

	private final LongAdder collapsed = new LongAdder();

	private final LongAdder bypasses = new LongAdder();

	private final LongAdder puts = new LongAdder();

	private final LongAdder calls = new LongAdder();

	private final LongAdder avoidedCalls = new LongAdder();

	private final LongAdder inputTokens = new LongAdder();

	private final LongAdder outputTokens = new LongAdder();

	private final SavedMoney money;

	ModelFigures(PriceTable prices) {
		this.money = new SavedMoney(prices);
	}

	/**
	 * Return how many answers came from the cache; of a batch of embeddings, each counts.
	 * @return the number
	 */
	public long hits() {
		return this.hits.sum();
	}

	/**
	 * Return how many answers the model had to give, or another call that was under way.
	 * @return the number
	 */
	public long misses() {
		return this.misses.sum();
	}

	/**
	 * Return how many calls shared the model call of another one.
	 * @return the number
	 */
	public long collapsed() {
		return this.collapsed.sum();
	}

	/**
	 * Return how many calls left the cache aside.
	 * @return the number
	 */
	public long bypasses() {
		return this.bypasses.sum();
	}

	/**
	 * Return how many answers were stored.
	 * @return the number
	 */
	public long puts() {
		return this.puts.sum();
	}

	/**
	 * Return how often the model was asked.
	 * @return the number
	 */
	public long calls() {
		return this.calls.sum();
	}

	/**
	 * Return how many calls got an answer for which the model was not asked.
	 * @return the number
	 */
	public long avoidedCalls() {
		return this.avoidedCalls.sum();
	}

	/**
	 * Return how many tokens the model was not given, because it was not asked.
	 * @return the number
	 */
	public long inputTokens() {
		return this.inputTokens.sum();
	}

	/**
	 * Return how many tokens the model did not have to give.
	 * @return the number
	 */
	public long outputTokens() {
		return this.outputTokens.sum();
	}

	/**
	 * Return how much money that saved, after what the cache itself has spent.
	 * @return the amount in the currency of the prices, 0 if there are none
	 */
	public double money() {
		return this.money.sum();
	}

	/**
	 * Return the share of answers that came from the cache.
	 * @return the share between 0 and 1, {@code NaN} before the first answer
	 */
	public double hitRatio() {
		long hits = hits();
		return (double) hits / (hits + misses());
	}

	void answered(CacheStatus status) {
		add(this.hits, status.hits());
		add(this.misses, status.misses());
		add(this.collapsed, status.collapsed() ? 1 : 0);
	}

	void bypassed() {
		this.bypasses.increment();
	}

	void stored() {
		this.puts.increment();
	}

	void called() {
		this.calls.increment();
	}

	void saved(SavedCall call) {
		this.avoidedCalls.increment();
		add(this.inputTokens, call.inputTokens());
		add(this.outputTokens, call.outputTokens());
		this.money.save(call);
	}

	SavedMoney savedMoney() {
		return this.money;
	}

	private static void add(LongAdder adder, long amount) {
		if (amount > 0) {
			adder.add(amount);
		}
	}

}
