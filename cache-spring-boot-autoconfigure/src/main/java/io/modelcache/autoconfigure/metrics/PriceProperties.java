package io.modelcache.autoconfigure.metrics;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties by which money that was saved is counted.
 *
 * @param prices Prices of the provider, by the name of the model as its answers tell it.
 * A name with a dot is written in brackets. Without a price nothing is counted.
 * @param currency Currency of all prices.
 */
@ConfigurationProperties("modelcache")
record PriceProperties(@DefaultValue Map<String, Price> prices, @DefaultValue("USD") String currency) {

	/**
	 * Price of one model.
	 *
	 * @param input Price of a million tokens that the model is given.
	 * @param output Price of a million tokens that the model gives.
	 */
	record Price(@DefaultValue("0") double input, @DefaultValue("0") double output) {

	}

}
