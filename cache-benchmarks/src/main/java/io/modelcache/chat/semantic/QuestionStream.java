package io.modelcache.chat.semantic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Requests in order of arrival, each with the cluster that one answer serves.
 */
final class QuestionStream {

	private static final int NEAREST = 20;

	private static final double LOWEST = 0.75;

	private final List<Request> requests;

	private final List<ReadQuestion> questions = new ArrayList<>();

	private final List<List<Neighbour>> neighbours;

	private QuestionStream(List<Request> requests, List<String> texts, EmbeddedTexts embedded) {
		this.requests = requests;
		QuestionReader reader = new QuestionReader(SemanticRules.STANDARD);
		texts.forEach((text) -> this.questions.add(reader.read(text)));
		float[][] vectors = texts.stream().map(embedded::vector).toArray(float[][]::new);
		this.neighbours = IntStream.range(0, vectors.length).parallel().mapToObj((i) -> nearest(vectors, i)).toList();
	}

	static QuestionStream read(Path file, EmbeddedTexts embedded) {
		Map<String, Integer> texts = new HashMap<>();
		List<String> ordered = new ArrayList<>();
		List<Request> requests = new ArrayList<>();
		DataFolder.rows(file).forEach((row) -> {
			String text = row.get("text").asString();
			int number = texts.computeIfAbsent(text, (key) -> ordered.size());
			if (number == ordered.size()) {
				ordered.add(text);
			}
			requests.add(new Request(number, row.get("cluster").asString()));
		});
		embedded.embed(ordered);
		return new QuestionStream(requests, ordered, embedded);
	}

	private static List<Neighbour> nearest(float[][] vectors, int i) {
		PriorityQueue<Neighbour> best = new PriorityQueue<>(Comparator.comparingDouble(Neighbour::cosine));
		for (int j = 0; j < i; j++) {
			double cosine = EmbeddedTexts.cosine(vectors[i], vectors[j]);
			if (cosine >= LOWEST) {
				best.add(new Neighbour(j, cosine));
				if (best.size() > NEAREST) {
					best.remove();
				}
			}
		}
		return best.stream().sorted(Comparator.comparingDouble(Neighbour::cosine).reversed()).toList();
	}

	/**
	 * Answer all requests by one policy: exact, canonical, alias, then semantic.
	 * @param decision decides on similar questions, or {@code null} for the exact policy
	 * alone
	 * @return the share of hits and of wrong answers
	 */
	Outcome run(@org.jspecify.annotations.Nullable SemanticDecision decision) {
		Map<Integer, String> answers = new HashMap<>();
		Map<String, Integer> canonical = new HashMap<>();
		Map<Integer, Boolean> indexed = new HashMap<>();
		int hits = 0;
		int wrong = 0;
		for (Request request : this.requests) {
			String answer = answers.get(request.text());
			if (answer == null && decision != null) {
				answer = similar(request.text(), decision, answers, canonical, indexed);
				if (answer != null) {
					answers.put(request.text(), answer);
				}
			}
			if (answer != null) {
				hits++;
				wrong += answer.equals(request.cluster()) ? 0 : 1;
				continue;
			}
			answers.put(request.text(), request.cluster());
			canonical.put(this.questions.get(request.text()).canonical(), request.text());
			indexed.put(request.text(), true);
		}
		return new Outcome(this.requests.size(), hits, wrong);
	}

	private @org.jspecify.annotations.Nullable String similar(int text, SemanticDecision decision,
			Map<Integer, String> answers, Map<String, Integer> canonical, Map<Integer, Boolean> indexed) {
		ReadQuestion asked = this.questions.get(text);
		Integer twin = canonical.get(asked.canonical());
		if (twin != null && decision.decideCanonical(asked, this.questions.get(twin)).accepted()) {
			return answers.get(twin);
		}
		for (Neighbour neighbour : this.neighbours.get(text)) {
			if (indexed.containsKey(neighbour.text())
					&& decision.decide(asked, this.questions.get(neighbour.text()), neighbour.cosine()).accepted()) {
				return answers.get(neighbour.text());
			}
		}
		return null;
	}

	/**
	 * One request.
	 *
	 * @param text the number of its text
	 * @param cluster what an answer must belong to
	 */
	private record Request(int text, String cluster) {
	}

	/**
	 * An earlier text nearby.
	 *
	 * @param text its number
	 * @param cosine how near
	 */
	private record Neighbour(int text, double cosine) {
	}

	/**
	 * What a policy did to all requests.
	 *
	 * @param requests how many there were
	 * @param hits how many were answered from the cache
	 * @param wrong how many were answered by an answer to something else
	 */
	record Outcome(int requests, int hits, int wrong) {

		@Override
		public String toString() {
			return String.format(java.util.Locale.ROOT, "%5.2f / %5.2f", 100.0 * this.hits / this.requests,
					100.0 * this.wrong / this.requests);
		}

	}

}
