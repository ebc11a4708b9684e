package io.modelcache.chat.semantic;

/**
 * The share of wrong ones among the latest answers that were checked, with Wilson's
 * bounds at 95 %. Not safe for use by several threads.
 *
 * @see <a href=
 * "https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval">Wilson
 * score interval</a>
 */
final class ErrorRate {

	/**
	 * Fewer checks say too little.
	 */
	static final int ENOUGH = 20;

	private static final int WINDOW = 1000;

	private static final double Z = 1.96;

	private final boolean[] wrongs = new boolean[WINDOW];

	private int checks;

	private int wrong;

	private int next;

	void add(boolean right) {
		if (this.checks == WINDOW && this.wrongs[this.next]) {
			this.wrong--;
		}
		this.wrongs[this.next] = !right;
		this.wrong += right ? 0 : 1;
		this.checks = Math.min(WINDOW, this.checks + 1);
		this.next = (this.next + 1) % WINDOW;
	}

	void forget() {
		this.checks = 0;
		this.wrong = 0;
		this.next = 0;
	}

	int checks() {
		return this.checks;
	}

	double share() {
		return (this.checks == 0) ? 0 : (double) this.wrong / this.checks;
	}

	/**
	 * Return the share that the true one is hardly below.
	 */
	double lowerBound() {
		return (this.checks == 0) ? 0 : Math.max(0, centre() - spread());
	}

	/**
	 * Return the share that the true one is hardly above.
	 */
	double upperBound() {
		return (this.checks == 0) ? 1 : Math.min(1, centre() + spread());
	}

	private double centre() {
		return (share() + Z * Z / (2 * this.checks)) / weight();
	}

	private double spread() {
		return Z * Math.sqrt((share() * (1 - share()) + Z * Z / (4.0 * this.checks)) / this.checks) / weight();
	}

	private double weight() {
		return 1 + Z * Z / this.checks;
	}

}
