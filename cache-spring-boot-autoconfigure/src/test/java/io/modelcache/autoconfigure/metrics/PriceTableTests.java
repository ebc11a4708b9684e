package io.modelcache.autoconfigure.metrics;

import java.util.Map;

import io.modelcache.SavedCall;
import io.modelcache.autoconfigure.metrics.PriceProperties.Price;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link PriceTable} and {@link SavedMoney}.
 */
class PriceTableTests {

	private final PriceTable prices = table(
			Map.of("gpt-4o", new Price(2.5, 10), "claude-sonnet-4", new Price(3, 15), "embedding", new Price(0.02, 0)));

	@ParameterizedTest
	@ValueSource(strings = { "gpt-4o", "gpt-4o-2024-08-06", "gpt-4o-latest", "claude-sonnet-4-20250514",
			"claude-sonnet-4@20250514", "gpt-4o:latest", "gpt-4o-001" })
	void aVersionOfAModelCostsWhatTheModelCosts(String model) {
		assertThat(this.prices.of(model)).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "gpt-4o-mini", "gpt-4", "claude-sonnet-4-5", "claude-sonnet-4-5-20250929", "",
			"gpt-4o-audio-preview", "GPT-4O" })
	void anotherModelDoesNot(String model) {
		assertThat(this.prices.of(model)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "-1, 1", "1, NaN", "Infinity, 0", "0, 0" })
	void aPriceThatIsNoneIsRefused(double input, double output) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> table(Map.of("gpt-4", new Price(input, output))))
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("modelcache.prices[gpt-4]"));
	}

	@Test
	void aModelWithoutAPriceSavesNoMoney() {
		SavedMoney money = new SavedMoney(this.prices);
		money.save(call("unknown"));
		money.save(new SavedCall(null, 1_000_000, 0, Context.empty()));
		assertThat(money.sum()).isZero();
	}

	@Test
	void whatTheCacheSpendsIsDeductedFromWhatItSavesNext() {
		SavedMoney money = new SavedMoney(this.prices);
		money.save(call("gpt-4o"));
		assertThat(money.sum()).isCloseTo(12.5, within(1e-9));
		money.spend("embedding", 1_000_000_000);
		assertThat(money.sum()).isCloseTo(12.5, within(1e-9));
		money.save(call("gpt-4o"));
		assertThat(money.sum()).isCloseTo(12.5, within(1e-9));
		money.save(call("gpt-4o"));
		assertThat(money.sum()).isCloseTo(12.5 + 25 - 20, within(1e-9));
		money.spend(null, 1_000_000_000);
		money.save(call("gpt-4o"));
		assertThat(money.sum()).isCloseTo(12.5 + 25 - 20 + 12.5, within(1e-9));
	}

	private static SavedCall call(String model) {
		return new SavedCall(model, 1_000_000, 1_000_000, Context.empty());
	}

	private static PriceTable table(Map<String, Price> prices) {
		return new PriceTable(new PriceProperties(prices, "USD"));
	}

}
