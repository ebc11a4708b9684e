package io.modelcache;

import java.util.List;

/**
 * Why there was no answer to a request: what it differs in from the recent one that is
 * closest to it. It holds nothing of either but names of tools. Immutable.
 *
 * @param closest the {@linkplain io.modelcache.key.Fingerprint#id() key id} of the recent
 * request
 * @param differs the parts that differ, such as {@code temperature},
 * {@code message 2 text} or {@code tool getWeather description}; empty if it is the same
 * request, whose answer was not stored, has expired or was evicted
 */
public record MissExplanation(String closest, List<String> differs) {

	/**
	 * Copy the names.
	 */
	public MissExplanation {
		differs = List.copyOf(differs);
	}

	@Override
	public String toString() {
		return this.differs.isEmpty() ? "the same as %s, whose answer is not there".formatted(this.closest)
				: "differs from %s in %s".formatted(this.closest, String.join(", ", this.differs));
	}

}
