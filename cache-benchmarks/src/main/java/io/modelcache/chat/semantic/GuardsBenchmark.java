package io.modelcache.chat.semantic;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to read a question once, and to decide on a pair of read questions with
 * all guards.
 */
@State(Scope.Benchmark)
@BenchmarkMode({ Mode.SampleTime, Mode.AverageTime })
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GuardsBenchmark {

	private static final String ASKED = "How can I replace the chain of my folding bicycle with simple tools?";

	private static final String CACHED = "What is the best way to replace the chain of a folding bicycle with simple"
			+ " tools?";

	private static final String CLAUSE = " The brake squeaks when it rains, and the spoke of the rear wheel has been loose"
			+ " since the long tour through the mountains";

	/**
	 * How many clauses follow the question: 0 makes about 13 words, 3 about 80.
	 */
	@Param({ "0", "3" })
	public int clauses;

	private final QuestionReader reader = new QuestionReader(SemanticRules.STANDARD);

	private final SemanticDecision decision = SemanticDecision.guarded(0.86, SemanticRules.STANDARD);

	private String text = "";

	private ReadQuestion asked = this.reader.read("");

	private ReadQuestion cached = this.asked;

	/**
	 * Read the questions, and make sure that all guards are asked.
	 */
	@Setup
	public void read() {
		this.text = ASKED + CLAUSE.repeat(this.clauses);
		this.asked = this.reader.read(this.text);
		this.cached = this.reader.read(CACHED + CLAUSE.repeat(this.clauses));
		if (!decideOnAPair().accepted()) {
			throw new IllegalStateException("Not all guards are asked: " + decideOnAPair());
		}
	}

	/**
	 * Measure the reading of a question.
	 * @return what was read
	 */
	@Benchmark
	public Object readAQuestion() {
		return this.reader.read(this.text);
	}

	/**
	 * Measure all guards and the wording together.
	 * @return the verdict
	 */
	@Benchmark
	public Object decideOnAPairOfQuestions() {
		return decideOnAPair();
	}

	private Verdict decideOnAPair() {
		return this.decision.decide(this.asked, this.cached, 1);
	}

}
