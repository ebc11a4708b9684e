package io.modelcache.autoconfigure.endpoint;

import java.util.List;
import java.util.Map;

import io.modelcache.autoconfigure.CachedModel;
import io.modelcache.autoconfigure.metrics.ModelFigures;
import io.modelcache.chat.semantic.WrongHitShare;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint shows of one model.
 *
 * @param kind {@code chat} or {@code embedding}
 * @param cached whether its answers are cached
 * @param detail by what, or why not
 * @param layers where answers are looked for, the nearest first
 * @param size the number of entries, or {@code null} if it is not known at no cost
 * @param figures what the cache has done since the start, or {@code null} if there is
 * none
 * @param similar how often answers to similar questions were wrong, or {@code null} if
 * there are none
 * @param settings the settings in force
 */
record ModelReport(String kind, boolean cached, String detail, List<String> layers, @Nullable Long size,
		@Nullable Figures figures, @Nullable WrongHitShare similar, Map<String, Object> settings) {

	static ModelReport of(CachedModel model, @Nullable Long size, ModelFigures figures, @Nullable WrongHitShare similar,
			@Nullable String currency) {
		return new ModelReport(model.kind(), model.cached(), model.detail(), model.layers(), size,
				model.cached() ? Figures.of(figures, currency) : null, similar, model.settings());
	}

	/**
	 * What a cache has done since the start.
	 *
	 * @param hits how many answers came from the cache
	 * @param misses how many did not
	 * @param hitRatio the share of hits between 0 and 1, or {@code null} before the first
	 * answer
	 * @param collapsed how many calls shared that of another one
	 * @param bypasses how many calls left the cache aside
	 * @param stored how many answers were stored
	 * @param calls how often the model was asked
	 * @param saved what was not needed
	 */
	record Figures(long hits, long misses, @Nullable Double hitRatio, long collapsed, long bypasses, long stored,
			long calls, Saved saved) {

		static Figures of(ModelFigures figures, @Nullable String currency) {
			double ratio = figures.hitRatio();
			return new Figures(figures.hits(), figures.misses(), Double.isNaN(ratio) ? null : ratio,
					figures.collapsed(), figures.bypasses(), figures.puts(), figures.calls(),
					new Saved(figures.avoidedCalls(), figures.inputTokens(), figures.outputTokens(),
							(currency != null) ? figures.money() : null, currency));
		}

	}

	/**
	 * What was not needed, because an answer was there.
	 *
	 * @param calls calls of the model
	 * @param inputTokens tokens given to the model
	 * @param outputTokens tokens that the model gives
	 * @param cost money, or {@code null} without prices
	 * @param currency of which currency
	 */
	record Saved(long calls, long inputTokens, long outputTokens, @Nullable Double cost, @Nullable String currency) {

	}

}
