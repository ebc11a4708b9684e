package io.modelcache.chat.semantic;

/**
 * Walks along two questions and looks at what stands between the words they share.
 */
final class Slots {

	private final Comparison comparison;

	private int i;

	private int j;

	private Slots(Comparison comparison) {
		this.comparison = comparison;
	}

	/**
	 * Tell whether somewhere between shared words both questions have specific words of
	 * their own.
	 */
	static boolean anySwap(Comparison comparison) {
		Slots slots = new Slots(comparison);
		while (slots.inside()) {
			boolean asked = slots.skipAsked();
			boolean cached = slots.skipCached();
			if (asked && cached) {
				return true;
			}
			slots.skipShared();
		}
		return false;
	}

	private boolean inside() {
		return this.i < this.comparison.asked().length && this.j < this.comparison.cached().length;
	}

	private boolean skipAsked() {
		boolean specific = false;
		while (this.i < this.comparison.asked().length && this.comparison.onlyAsked(this.i)) {
			specific |= this.comparison.asked()[this.i++].specific();
		}
		return specific;
	}

	private boolean skipCached() {
		boolean specific = false;
		while (this.j < this.comparison.cached().length && this.comparison.onlyCached(this.j)) {
			specific |= this.comparison.cached()[this.j++].specific();
		}
		return specific;
	}

	/** Both go on behind the next shared word; one that stands elsewhere is jumped. */
	private void skipShared() {
		if (!inside()) {
			return;
		}
		int partner = this.comparison.partner(this.i);
		if (partner >= this.j) {
			this.j = partner + 1;
		}
		this.i++;
	}

}
