package io.modelcache.chat.semantic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.embedding.EmbeddingModel;

/**
 * Finds the threshold that fits an embedding model, from pairs of questions of which is
 * known whether one answer serves both. Immutable and thread-safe.
 */
public final class Calibration {

	private static final int FIRST = 80;

	private static final int LAST = 99;

	private final List<Row> rows;

	private final double wrongShare;

	private Calibration(List<Row> rows, double wrongShare) {
		this.rows = List.copyOf(rows);
		this.wrongShare = wrongShare;
	}

	/**
	 * Embed the questions and count what each threshold would accept.
	 * @param pairs the labelled pairs, at least one of them equivalent
	 * @param model the embedding model to calibrate
	 * @param rules which questions may be answered by similar ones, and the guards
	 * @param guarded whether the decision is the guarded one, or similarity alone
	 * @param wrongShare the largest share of wrong ones among those accepted, from 0 to 1
	 * @return the calibration
	 * @throws IllegalArgumentException if no pair is equivalent, or the share is outside
	 * of its range
	 */
	public static Calibration of(List<LabelledPair> pairs, EmbeddingModel model, SemanticRules rules, boolean guarded,
			double wrongShare) {
		if (pairs.stream().noneMatch(LabelledPair::equivalent)) {
			throw new IllegalArgumentException(
					"A calibration needs pairs that are equivalent; there are none among " + pairs.size());
		}
		if (!(wrongShare >= 0 && wrongShare <= 1)) {
			throw new IllegalArgumentException("A share of wrong hits is from 0 to 1: " + wrongShare);
		}
		List<Judged> judged = judge(pairs, model, new QuestionReader(rules));
		List<Row> rows = new ArrayList<>();
		for (int percent = FIRST; percent <= LAST; percent++) {
			double threshold = percent / 100.0;
			rows.add(row(judged,
					guarded ? SemanticDecision.guarded(threshold, rules) : SemanticDecision.threshold(threshold)));
		}
		return new Calibration(rows, wrongShare);
	}

	/**
	 * Return the row of each threshold, from the lowest to the highest.
	 * @return the rows, immutable
	 */
	public List<Row> rows() {
		return this.rows;
	}

	/**
	 * Return the row with the most right hits among those that are wrong seldom enough.
	 * @return the row whose threshold to set, or {@code null} if each threshold is wrong
	 * too often or accepts nothing
	 */
	public @Nullable Row advice() {
		return this.rows.stream()
			.filter((row) -> row.right() > 0 && row.wrong() <= this.wrongShare * (row.right() + row.wrong()))
			.max(Comparator.comparingInt(Row::right).thenComparingDouble(Row::threshold))
			.orElse(null);
	}

	/**
	 * Return the table and the line to set, as text of several lines.
	 * @return what a person reads
	 */
	public String report() {
		StringBuilder report = new StringBuilder("threshold  precision  recall\n");
		for (Row row : this.rows) {
			report.append(String.format(Locale.ROOT, "     %.2f      %.3f   %.3f%n", row.threshold(), row.precision(),
					row.recall()));
		}
		Row advice = advice();
		return report.append((advice != null)
				? String.format(Locale.ROOT, "Set modelcache.semantic.threshold: %.2f%n", advice.threshold())
				: String.format(Locale.ROOT,
						"No threshold keeps the share of wrong hits at %.3f or below: leave this model exact%n",
						this.wrongShare))
			.toString();
	}

	private static List<Judged> judge(List<LabelledPair> pairs, EmbeddingModel model, QuestionReader reader) {
		List<Judged> judged = new ArrayList<>(pairs.size());
		for (LabelledPair pair : pairs) {
			judged.add(new Judged(reader.read(pair.question()), reader.read(pair.other()),
					cosine(model.embed(pair.question()), model.embed(pair.other())), pair.equivalent()));
		}
		return judged;
	}

	private static Row row(List<Judged> pairs, SemanticDecision decision) {
		int right = 0;
		int wrong = 0;
		int equivalent = 0;
		for (Judged pair : pairs) {
			equivalent += pair.equivalent() ? 1 : 0;
			if (decision.decide(pair.asked(), pair.cached(), pair.cosine()).accepted()) {
				right += pair.equivalent() ? 1 : 0;
				wrong += pair.equivalent() ? 0 : 1;
			}
		}
		return new Row(decision.threshold(), right, wrong, equivalent);
	}

	private static double cosine(float[] one, float[] other) {
		double product = 0;
		double ones = 0;
		double others = 0;
		for (int i = 0; i < one.length; i++) {
			product += (double) one[i] * other[i];
			ones += (double) one[i] * one[i];
			others += (double) other[i] * other[i];
		}
		return product / Math.sqrt(ones * others);
	}

	/**
	 * What one threshold accepts.
	 *
	 * @param threshold the cosine
	 * @param right how many accepted pairs are equivalent
	 * @param wrong how many accepted pairs are not
	 * @param equivalent how many pairs are equivalent in all
	 */
	public record Row(double threshold, int right, int wrong, int equivalent) {

		/**
		 * Return the share of right ones among those accepted.
		 * @return from 0 to 1; 1 when nothing is accepted
		 */
		public double precision() {
			return (this.right + this.wrong == 0) ? 1 : (double) this.right / (this.right + this.wrong);
		}

		/**
		 * Return the share of those accepted among those equivalent.
		 * @return from 0 to 1
		 */
		public double recall() {
			return (double) this.right / this.equivalent;
		}

	}

	/**
	 * A pair that was read and embedded.
	 *
	 * @param asked the one question
	 * @param cached the other
	 * @param cosine of their vectors; not a number if one of them has no length
	 * @param equivalent whether one answer serves both
	 */
	private record Judged(ReadQuestion asked, ReadQuestion cached, double cosine, boolean equivalent) {
	}

}
