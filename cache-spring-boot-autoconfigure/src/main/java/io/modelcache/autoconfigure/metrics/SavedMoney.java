package io.modelcache.autoconfigure.metrics;

import java.util.concurrent.atomic.DoubleAdder;

import io.modelcache.SavedCall;
import io.modelcache.autoconfigure.metrics.PriceProperties.Price;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the money that one cache has saved. What it spends itself, on vectors of
 * questions, is deducted from what it saves next, so that the sum never falls.
 */
final class SavedMoney {

	private final PriceTable prices;

	private final DoubleAdder sum = new DoubleAdder();

	private volatile double debt;

	private volatile Known known = new Known("", null);

	SavedMoney(PriceTable prices) {
		this.prices = prices;
	}

	void save(SavedCall call) {
		Price price = price(call.model());
		if (price != null) {
			earn(PriceTable.cost(price, call.inputTokens(), call.outputTokens()));
		}
	}

	synchronized void spend(@Nullable String model, long tokens) {
		Price price = price(model);
		if (price != null) {
			this.debt += PriceTable.cost(price, tokens, 0);
		}
	}

	double sum() {
		return this.sum.sum();
	}

	private void earn(double cost) {
		this.sum.add((this.debt > 0) ? pay(cost) : cost);
	}

	/**
	 * Return what remains of an amount after the debt.
	 */
	private synchronized double pay(double cost) {
		double paid = Math.min(cost, this.debt);
		this.debt -= paid;
		return cost - paid;
	}

	/**
	 * Most caches stand before one model, so the last price is the next one, too.
	 */
	private @Nullable Price price(@Nullable String model) {
		if (model == null || this.prices.isEmpty()) {
			return null;
		}
		Known last = this.known;
		if (!last.model().equals(model)) {
			last = new Known(model, this.prices.of(model));
			this.known = last;
		}
		return last.price();
	}

	/**
	 * A price that was looked up.
	 *
	 * @param model the name of the model
	 * @param price its price, if there is one
	 */
	private record Known(String model, @Nullable Price price) {

	}

}
