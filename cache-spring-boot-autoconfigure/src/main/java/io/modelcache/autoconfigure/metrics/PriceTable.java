package io.modelcache.autoconfigure.metrics;

import java.util.Map;
import java.util.regex.Pattern;

import io.modelcache.autoconfigure.metrics.PriceProperties.Price;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The prices of models.
 * <p>
 * An answer often tells a model with a date or a number behind its name, such as
 * {@code gpt-4o-mini-2024-07-18}, which costs what the model without it costs. No other
 * likeness of names counts: {@code gpt-4o-mini} does not cost what {@code gpt-4o} costs.
 */
final class PriceTable {

	private static final double MILLION = 1_000_000;

	private static final Pattern VERSION = Pattern.compile("[-@:](\\d{3,}[\\d-]*|latest)$");

	private final Map<String, Price> prices;

	private final String currency;

	/**
	 * Create a table.
	 * @throws InvalidConfigurationPropertyValueException if a price is none
	 */
	PriceTable(PriceProperties properties) {
		this.prices = Map.copyOf(properties.prices());
		this.currency = properties.currency();
		this.prices.forEach(PriceTable::check);
	}

	boolean isEmpty() {
		return this.prices.isEmpty();
	}

	String currency() {
		return this.currency;
	}

	/**
	 * Return the price of a model.
	 * @param model the name of the model
	 * @return its price, or {@code null} if none is known
	 */
	@Nullable Price of(String model) {
		Price exact = this.prices.get(model);
		return (exact != null) ? exact : this.prices.get(VERSION.matcher(model).replaceFirst(""));
	}

	/**
	 * Return what some tokens cost.
	 */
	static double cost(Price price, long inputTokens, long outputTokens) {
		return (price.input() * inputTokens + price.output() * outputTokens) / MILLION;
	}

	private static void check(String model, Price price) {
		String property = "modelcache.prices[%s]".formatted(model);
		if (!(isPrice(price.input()) && isPrice(price.output()))) {
			throw new InvalidConfigurationPropertyValueException(property, price,
					"A price must be a number that is not negative, for a million tokens.");
		}
		if (price.input() == 0 && price.output() == 0) {
			throw new InvalidConfigurationPropertyValueException(property, price,
					"There is neither an input nor an output price. Write the name of a model that has a dot in "
							+ "brackets, such as modelcache.prices.[gpt-4.1].input.");
		}
	}

	private static boolean isPrice(double price) {
		return price >= 0 && Double.isFinite(price);
	}

}
