package io.modelcache.chat.semantic;

/**
 * Collects the entries whose bits differ least from those of a vector.
 * <p>
 * It holds up to twice as many as are wanted before it drops the farther half, so that
 * most entries cost one comparison.
 */
final class Candidates {

	/**
	 * How many are kept. Only a few of them are compared if the others cannot be near.
	 */
	static final int KEPT = 256;

	private final long[] found = new long[2 * KEPT];

	private final int[] room = new int[IndexSegment.CAPACITY];

	private int count;

	private int limit = SignHash.BITS + 1;

	/**
	 * Return the number of differences from which on an entry is not wanted.
	 */
	int limit() {
		return this.limit;
	}

	/**
	 * Return room for the differences of a segment's entries.
	 */
	int[] room() {
		return this.room;
	}

	int count() {
		return this.count;
	}

	int position(int index) {
		return (int) this.found[index];
	}

	int differences(int index) {
		return (int) (this.found[index] >>> Integer.SIZE);
	}

	/**
	 * Add an entry with fewer differences than the limit.
	 * @return the limit from now on
	 */
	int add(int position, int differences) {
		this.found[this.count++] = (long) differences << Integer.SIZE | position;
		if (this.count == this.found.length) {
			this.limit = differencesOf(KEPT);
			drop();
		}
		return this.limit;
	}

	/**
	 * Return how many differences there are at most, if so many entries are to have no
	 * more than these.
	 */
	int differencesOf(int wanted) {
		int[] histogram = new int[SignHash.BITS + 1];
		for (int i = 0; i < this.count; i++) {
			histogram[differences(i)]++;
		}
		int differences = 0;
		for (int sum = histogram[0]; sum < wanted && differences < SignHash.BITS; sum += histogram[differences]) {
			differences++;
		}
		return differences;
	}

	/**
	 * Drop what is beyond the limit, and of what is at it as much as is too much.
	 */
	private void drop() {
		int nearer = 0;
		for (int i = 0; i < this.count; i++) {
			nearer += (differences(i) < this.limit) ? 1 : 0;
		}
		int atLimit = KEPT - nearer;
		int kept = 0;
		for (int i = 0; i < this.count; i++) {
			int differences = differences(i);
			if (differences < this.limit || (differences == this.limit && atLimit-- > 0)) {
				this.found[kept++] = this.found[i];
			}
		}
		this.count = kept;
	}

}
