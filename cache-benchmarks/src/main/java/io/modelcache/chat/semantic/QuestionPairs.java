package io.modelcache.chat.semantic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Labelled pairs of questions, ranked by a decision.
 *
 * @param pairs the pairs that nobody disputes
 */
record QuestionPairs(List<Pair> pairs) {

	private static final Set<String> HUMAN = Set.of("qqp", "mqp");

	static QuestionPairs read(Path file, EmbeddedTexts embedded) {
		QuestionReader reader = new QuestionReader(SemanticRules.STANDARD);
		var rows = DataFolder.rows(file).stream().filter((row) -> !row.path("disputed").asBoolean(false)).toList();
		List<String> texts = new ArrayList<>();
		rows.forEach((row) -> texts.addAll(List.of(row.get("query_a").asString(), row.get("query_b").asString())));
		embedded.embed(texts);
		List<Pair> pairs = new ArrayList<>();
		rows.forEach((row) -> {
			String a = row.get("query_a").asString();
			String b = row.get("query_b").asString();
			pairs.add(new Pair(reader.read(a), reader.read(b),
					EmbeddedTexts.cosine(embedded.vector(a), embedded.vector(b)), row.get("equivalent").asInt() == 1,
					HUMAN.contains(row.path("source").asString(""))));
		});
		return new QuestionPairs(pairs);
	}

	QuestionPairs judgedByPeople() {
		return new QuestionPairs(this.pairs.stream().filter(Pair::human).toList());
	}

	/**
	 * Return which share of the equivalent pairs can be accepted before too many of those
	 * accepted are wrong.
	 * @param score the higher, the surer; pairs of equal score are accepted together
	 * @param wrongShare the largest share of wrong ones
	 * @return the recall
	 */
	double recall(ToDoubleFunction<Pair> score, double wrongShare) {
		List<Scored> ranked = this.pairs.stream()
			.map((pair) -> new Scored(score.applyAsDouble(pair), pair.equivalent()))
			.filter((scored) -> scored.score() > Double.NEGATIVE_INFINITY)
			.sorted(Comparator.comparingDouble(Scored::score).reversed())
			.toList();
		int right = 0;
		int best = 0;
		for (int i = 0; i < ranked.size(); i++) {
			right += ranked.get(i).equivalent() ? 1 : 0;
			boolean last = i + 1 == ranked.size() || ranked.get(i + 1).score() < ranked.get(i).score();
			if (last && i + 1 - right <= wrongShare * (i + 1)) {
				best = right;
			}
		}
		return (double) best / count(Pair::equivalent);
	}

	private long count(Predicate<Pair> test) {
		return this.pairs.stream().filter(test).count();
	}

	/**
	 * One pair.
	 *
	 * @param asked the one question
	 * @param cached the other
	 * @param cosine of their vectors
	 * @param equivalent whether one answer serves both
	 * @param human whether people wrote and judged it
	 */
	record Pair(ReadQuestion asked, ReadQuestion cached, double cosine, boolean equivalent, boolean human) {
	}

	/**
	 * A pair's place in the ranking.
	 *
	 * @param score the higher, the surer
	 * @param equivalent whether one answer serves both
	 */
	private record Scored(double score, boolean equivalent) {
	}

}
