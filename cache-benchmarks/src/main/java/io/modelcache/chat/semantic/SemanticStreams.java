package io.modelcache.chat.semantic;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

/**
 * Prints what each policy answers from the cache, and what of it is wrong.
 */
public final class SemanticStreams {

	private static final double SURE = 2;

	private static final Thresholds THRESHOLDS = Thresholds.of("all-MiniLM-L6-v2");

	private SemanticStreams() {
	}

	/**
	 * Measure and print.
	 * @param args none
	 */
	public static void main(String[] args) {
		DataFolder folder = DataFolder.find();
		EmbeddedTexts embedded = new EmbeddedTexts();
		folder.files("stream_").forEach((file) -> streams(file, embedded));
		folder.files("pairs_").forEach((file) -> pairs(file, embedded));
	}

	private static void streams(Path file, EmbeddedTexts embedded) {
		QuestionStream stream = QuestionStream.read(file, embedded);
		System.out.printf("%n%s: hits / wrong, in %% of all requests%n", file.getFileName());
		policies().forEach((name, decision) -> System.out.printf("  %-32s %s%n", name, stream.run(decision)));
	}

	private static Map<String, @Nullable SemanticDecision> policies() {
		Map<String, @Nullable SemanticDecision> policies = new LinkedHashMap<>();
		policies.put("exact only", null);
		policies.put("exact and canonical", SemanticDecision.threshold(1.1));
		for (double threshold : new double[] { 0.80, 0.90, 0.92, 0.95, 0.98 }) {
			policies.put("threshold " + threshold, SemanticDecision.threshold(threshold));
		}
		policies.put("guarded " + THRESHOLDS.guarded() + " (default)",
				SemanticDecision.guarded(THRESHOLDS.guarded(), SemanticRules.STANDARD));
		return policies;
	}

	private static void pairs(Path file, EmbeddedTexts embedded) {
		QuestionPairs all = QuestionPairs.read(file, embedded);
		System.out.printf("%n%s: recall at a wrong share of 1 / 2 / 5 %%%n", file.getFileName());
		GuardedDecision guarded = (GuardedDecision) SemanticDecision.guarded(THRESHOLDS.guarded(),
				SemanticRules.STANDARD);
		Map<String, ToDoubleFunction<QuestionPairs.Pair>> scores = new LinkedHashMap<>();
		scores.put("cosine", QuestionPairs.Pair::cosine);
		scores.put("canonical, then cosine", (pair) -> canonical(pair) ? SURE : pair.cosine());
		scores.put("guarded", (pair) -> guarded(guarded, pair));
		scores.forEach((name, score) -> {
			line(name + ", all pairs", all, score);
			line(name + ", judged by people", all.judgedByPeople(), score);
		});
	}

	private static void line(String name, QuestionPairs pairs, ToDoubleFunction<QuestionPairs.Pair> score) {
		System.out.printf("  %-40s %.3f / %.3f / %.3f%n", name, pairs.recall(score, 0.01), pairs.recall(score, 0.02),
				pairs.recall(score, 0.05));
	}

	private static boolean canonical(QuestionPairs.Pair pair) {
		return pair.asked().exactOnly() == null && pair.asked().canonical().equals(pair.cached().canonical());
	}

	private static double guarded(GuardedDecision decision, QuestionPairs.Pair pair) {
		return (canonical(pair) && decision.decideCanonical(pair.asked(), pair.cached()).accepted()) ? SURE
				: decision.margin(pair.asked(), pair.cached(), pair.cosine());
	}

}
