package io.modelcache.chat.semantic;

import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link GuardedDecision} with all guards.
 */
class GuardedDecisionTests {

	private static final double SAME = 1;

	private final QuestionReader reader = new QuestionReader(SemanticRules.STANDARD);

	private final SemanticDecision decision = SemanticDecision.guarded(0.86, SemanticRules.STANDARD);

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = {
			"What is the capital of France? | What is the capital of Germany? | family",
			"What is the capital of france? | What is the capital of germany? | family",
			"What is the capital of Freedonia? | What is the capital of Sylvania? | name",
			"What does the button to turn on the lamp look like? | What does the button to turn off the lamp look like? | antonym",
			"How do I turn on airplane mode? | How do I turn off airplane mode? | antonym",
			"How do I enable the firewall? | How do I disable the firewall? | antonym",
			"Is the food there good or is the food there safe? | Is the food there good or is the food there unsafe? | antonym",
			"What are the easiest exams? | What are the hardest exams? | antonym",
			"How long is the train from Rome to Milan? | How long is the train from Milan to Rome? | direction",
			"How do I convert pounds to stones? | How do I convert stones to pounds? | direction",
			"Is Java faster than Kotlin? | Is Kotlin faster than Java? | direction",
			"What does Anna think of Ben? | What does Ben think of Anna? | direction",
			"What are the 5 best films? | What are the 50 best films? | number",
			"What are the five best films? | What are the six best films? | number",
			"Who won in 2016? | Who won in 2012? | number",
			"What happened on 3 May 1999? | What happened on 3 June 1999? | family",
			"What happened on Monday? | What happened on Tuesday? | family",
			"How much is 10 kilometers? | How much is 10 miles? | family",
			"How much is 10 mW? | How much is 10 MW? | literal",
			"How much is $5 in gold? | How much is €5 in gold? | number",
			"How far is 5 km? | How far is 5 kg? | slot-swap",
			"What is account AB-1001 about? | What is account AB-1002 about? | number",
			"Who owns branch #0471? | Who owns branch #0472? | number",
			"What does /etc/hosts do? | What does /etc/passwd do? | literal",
			"What is at https://example.org/a about? | What is at https://example.org/b about? | literal",
			"What does `map()` do? | What does `flatMap()` do? | literal",
			"What does \"break a leg\" mean? | What does \"take five\" mean? | number",
			"What does \"to be\" mean? | What does \"to see\" mean? | quotation",
			"What does x > 3 mean? | What does x < 3 mean? | literal", "What is 5 + 3? | What is 5 - 3? | literal",
			"What does ls -a do? | What does ls -A do? | literal", "What is .NET? | What is net? | literal",
			"Why do people like snow? | Why do people not like snow? | negation",
			"Why should I eat salt? | Why shouldn't I eat salt? | negation",
			"Is it possible to not be ill and be mad? | Is it possible to be ill and not be mad? | negation",
			"How do I never be late? | How do I not be late? | negation",
			"What does the WHO do? | What does the who do? | case", "Does it help the US? | Does it help us? | case",
			"How do I learn Polish fast? | How do I learn polish fast? | case",
			"When was Anna born? | Where was Anna born? | question",
			"Do jellyfish change color? | How do jellyfish change color? | question",
			"Explain the rainbow in JSON | Explain the rainbow in XML | family",
			"Explain the rainbow in a table | Explain the rainbow | format",
			"What do cats eat in the morning? | What do squirrels eat in the morning? | slot-swap",
			"What is a heart? | What is a heart made of and how does it beat so often in a whole long life? | length" })
	void noneOfTheseIsAcceptedAtAnySimilarity(String asked, String cached, String guard) {
		assertThat(decide(asked, cached)).isEqualTo(decide(cached, asked));
		assertThat(decide(asked, cached).accepted()).isFalse();
		if (!guard.equals("question")) {
			assertThat(decide(asked, cached).guard()).isEqualTo(guard);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = {
			"How do I reset the clock of my oven? | How can I reset the clock of an oven?",
			"What is the best way to learn chess? | How can I learn chess?",
			"What is the difference between jam and jelly? | What is the difference between jelly and jam?",
			"What is the difference between a jam and the jelly? | What is the difference between a jelly and a jam?",
			"How do I buy a bicycle? | How can I purchase a bike or bicycle?",
			"HOW DO BEES MAKE HONEY? | How do bees make honey?", "how do bees make honey | How do bees make honey?",
			"How do two bees meet? | How do 2 bees meet?",
			"What are the colours of a rainbow? | What are the colors of the rainbow?",
			"How do reseachers sleep at night? | How do researchers sleep at night?",
			"What is the population of India? | How many people live in India (the population)?",
			"What is France's capital? | What is the capital of France?" })
	void theSameInOtherWordsIsAcceptedWhenTheVectorsAreVeryNear(String asked, String cached) {
		assertThat(decide(asked, cached)).isEqualTo(Verdict.ACCEPTED);
		assertThat(decide(cached, asked)).isEqualTo(Verdict.ACCEPTED);
	}

	@Test
	void whatDiffersInItsWordsMustBeNearer() {
		ReadQuestion asked = read("How do I clean a wooden table?");
		ReadQuestion reworded = read("How can I clean a wooden table?");
		ReadQuestion longer = read("How do I clean a scratched wooden table?");
		assertThat(this.decision.decide(asked, reworded, 0.90)).isEqualTo(Verdict.ACCEPTED);
		assertThat(this.decision.decide(asked, longer, 0.90)).isEqualTo(Verdict.refusedBy("wording"));
		assertThat(this.decision.decide(asked, longer, 0.96)).isEqualTo(Verdict.ACCEPTED);
	}

	@Test
	void nothingIsAcceptedBelowTheThreshold() {
		ReadQuestion question = read("How do bees make honey?");
		assertThat(this.decision.decide(question, question, 0.8599)).isEqualTo(Verdict.TOO_FAR);
		assertThat(this.decision.decide(question, question, Double.NaN)).isEqualTo(Verdict.TOO_FAR);
		assertThat(this.decision.decide(question, question, 0.86)).isEqualTo(Verdict.ACCEPTED);
		assertThat(this.decision.withThreshold(0.99).decide(question, question, 0.98)).isEqualTo(Verdict.TOO_FAR);
		assertThat(this.decision.withThreshold(0.99).threshold()).isEqualTo(0.99);
	}

	@ParameterizedTest
	@CsvSource({ "What is the weather in Rome today?, volatile", "Where is my order?, personal",
			"Cancel the subscription of the newspaper, acting" })
	void questionsOfTheMomentOfAPersonAndRequestsThatActHaveTwinsButNothingSimilar(String question, String reason) {
		ReadQuestion read = read(question);
		assertThat(read.exactOnly()).isNull();
		assertThat(read.canonicalOnly()).isEqualTo(reason);
		assertThat(this.decision.decide(read, read, SAME)).isEqualTo(Verdict.refusedBy(reason));
		assertThat(this.decision.decideCanonical(read, read)).isEqualTo(Verdict.ACCEPTED);
	}

	@Test
	void aQuestionThatIsExactOnlyHasNoTwin() {
		ReadQuestion read = read("Wie öffne ich die Tür?");
		assertThat(this.decision.decideCanonical(read, read)).isEqualTo(Verdict.refusedBy("language"));
		assertThat(this.decision.decide(read, read, SAME)).isEqualTo(Verdict.refusedBy("language"));
	}

	@Test
	void theGuardsRunOnTwinsToo() {
		assertThat(this.decision.decideCanonical(read("What is the 5th planet?"), read("What is the 6th planet?")))
			.isEqualTo(Verdict.refusedBy("number"));
	}

	@Test
	void aGuardCanBeSwitchedOff() {
		SemanticRules rules = new SemanticRules(Set.of("en"), 100, Set.of("number"));
		Verdict verdict = SemanticDecision.guarded(0.86, rules)
			.decide(read("What are the 5 best films?"), read("What are the 50 best films?"), SAME);
		assertThat(verdict).isEqualTo(Verdict.ACCEPTED);
	}

	@Test
	void anUnknownGuardIsAnErrorThatNamesAll() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SemanticRules(Set.of("en"), 100, Set.of("numbers")))
			.withMessageContaining("numbers")
			.withMessageContaining("slot-swap");
		assertThat(Guards.names()).hasSize(13).allMatch((name) -> name.matches("[a-z]+(-[a-z]+)*"));
	}

	@Test
	void anUnknownLanguageIsAnError() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SemanticRules(Set.of("en", "de"), 100, Set.of()))
			.withMessageContaining("en, the only one");
		assertThatIllegalArgumentException().isThrownBy(() -> new SemanticRules(Set.of("en"), 0, Set.of()))
			.withMessageContaining("max-input");
	}

	@Test
	void similarityAloneDecidesWithoutGuards() {
		SemanticDecision plain = SemanticDecision.threshold(0.9);
		ReadQuestion one = read("What are the 5 best films?");
		ReadQuestion other = read("What are the 50 best films?");
		assertThat(plain.decide(one, other, 0.9)).isEqualTo(Verdict.ACCEPTED);
		assertThat(plain.decide(one, other, 0.89)).isEqualTo(Verdict.TOO_FAR);
		assertThat(plain.decide(one, other, Double.NaN)).isEqualTo(Verdict.TOO_FAR);
		assertThat(plain.withThreshold(0.8).decide(one, other, 0.89)).isEqualTo(Verdict.ACCEPTED);
	}

	@Property
	void theVerdictDoesNotDependOnWhoAskedFirst(@ForAll("questions") String one, @ForAll("questions") String other) {
		assertThat(decide(one, other).accepted()).isEqualTo(decide(other, one).accepted());
	}

	@Property
	void whatIsAcceptedStaysAcceptedWhenTheVectorsAreNearer(@ForAll("questions") String one,
			@ForAll("questions") String other, @ForAll @DoubleRange(min = 0.8, max = 1) double far,
			@ForAll @DoubleRange(min = 0.8, max = 1) double near) {
		boolean accepted = this.decision.decide(read(one), read(other), Math.min(far, near)).accepted();
		if (accepted) {
			assertThat(this.decision.decide(read(one), read(other), Math.max(far, near)).accepted()).isTrue();
		}
	}

	@Provide
	Arbitrary<String> questions() {
		return Arbitraries
			.of("how", "what", "is", "the", "best", "way", "to", "from", "learn", "chess", "go", "not", "never", "Rome",
					"Milan", "5", "five", "don't", "more", "less", "C++", "buy", "purchase", "\"x\"", "and", "a", "it")
			.list()
			.ofMinSize(1)
			.ofMaxSize(9)
			.map((words) -> "What " + String.join(" ", words) + "?");
	}

	private Verdict decide(String asked, String cached) {
		return this.decision.decide(read(asked), read(cached), SAME);
	}

	private ReadQuestion read(String text) {
		return this.reader.read(text);
	}

}
