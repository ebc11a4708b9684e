package io.modelcache.chat.semantic;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Canonicalizer}.
 */
class CanonicalizerTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "What is 5 + 3? | What is 5 - 3?", "What is 5 × 3? | What is 5 + 3?", "Solve x > 3 | Solve x < 3",
					"Solve x>3 | Solve x<3", "What does != mean in C? | What does == mean in C?",
					"What does a != b mean? | What does a = b mean?", "What does ls -a do? | What does ls -A do?",
					"What does ls -a do? | What does ls a do?", "What is .NET? | What is net?",
					"What is .NET? | What is NET?", "Is 10 mW much? | Is 10 MW much?", "Is 10mW much? | Is 10MW much?",
					"WHO are they? | Who are they?", "What does the WHO say? | What does the who say?",
					"Does it help the US? | Does it help the us?", "US or them? | us or them?",
					"Polish the table | polish the table", "How do I learn Polish? | How do I learn polish?",
					"What is 10²? | What is 102?", "What is H₂O? | What is H2O?", "What is 5!? | What is 5?",
					"What is 5! | What is 5", "What is n! | What is n", "What is (2+3)! | What is (2+3)",
					"What is C? | What is C++?", "What is C? | What is C#?", "What is ½? | What is 1/2?",
					"Explain a ?? b | Explain a ? b", "What is the ﬁ ligature? | What is the fi ligature?",
					"What does *p mean? | What does p mean?", "What does &x mean? | What does x mean?",
					"How do I say please | How do I say", "How do I say thanks | How do I say",
					"Hello World in Java | World in Java", "Why is no one there? | Why is no 1 there?",
					"What are twenty five dollar bills? | What are 25 dollar bills?",
					"What did he's got mean? | What did he is got mean?", "Can you swim? | swim?",
					"Write  a  b in `a  b` | Write  a  b in `a b`", "March on | march on",
					"Will Smith act? | will smith act?", "What is two thousand? | What is 2000?",
					"What is $5? | What is 5?", "What is -5? | What is 5?", "Is 5% enough? | Is 5 enough?",
					"What is \"a  b\"? | What is \"a b\"?" })
	void whatMayMeanSomethingElseStaysDifferent(String one, String other) {
		assertThat(Canonicalizer.canonical(one)).isNotEqualTo(Canonicalizer.canonical(other));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', ignoreLeadingAndTrailingWhitespace = false,
			value = { "What is Java?|What is Java", "What is Java?|What is Java ?", "What is Java?|  What   is Java? ",
					"What is Java?|what is Java?", "What is Java?|What's Java?", "What is Java?|Whats Java",
					"What is Java?|What’s Java?", "What is Java?|Hi, what is Java?",
					"What is Java?|Hello! What is Java?", "What is Java?|Please tell me what is Java?",
					"What is Java?|Please tell me: What is Java?", "What is Java?|What is Java, please?",
					"What is Java?|What is Java? Thanks!", "What is Java?|What is Java? Thank you.",
					"What is Java?|What is Java, thanks in advance", "What is Java?|What is Java.",
					"Explain recursion|Please explain recursion.",
					"Explain recursion|Could you please explain recursion?",
					"Explain recursion|Can you please explain recursion", "Explain recursion|explain recursion!",
					"Why doesn't it work?|Why does not it work?", "Why can't I log in?|Why cannot I log in?",
					"I don't know what is wrong|I do not know what is wrong",
					"How do two magnets attract?|How do 2 magnets attract?", "Name seven seas|Name 7 seas",
					"How old is a twenty-five year loan?|How old is a 25 year loan?",
					"What does “it” mean?|What does \"it\" mean?", "Where's Rome?|Where is Rome?",
					"How many are in two million?|How many are in 2 million?", "Cafe\u0301 in Rome?|Caf\u00e9 in Rome?",
					"What\u00a0is Java?|What is Java?" })
	void whatCannotChangeTheMeaningFalls(String one, String other) {
		assertThat(Canonicalizer.canonical(one)).isEqualTo(Canonicalizer.canonical(other));
	}

	@Test
	void severalLinesKeepTheirSpaces() {
		assertThat(Canonicalizer.canonical("if a:\n    b\n  c"))
			.isNotEqualTo(Canonicalizer.canonical("if a:\n    b\n    c"));
	}

	@Property
	void theCanonicalFormOfACanonicalFormIsItself(@ForAll("questions") String question) {
		String canonical = Canonicalizer.canonical(question);
		assertThat(Canonicalizer.canonical(canonical)).isEqualTo(canonical);
	}

	@Property
	void anyTextHasACanonicalForm(@ForAll String text) {
		assertThat(Canonicalizer.canonical(text)).isNotNull();
	}

	@Property
	void aSymbolThatTouchesSomethingCounts(@ForAll("symbols") String symbol, @ForAll("symbols") String other,
			@ForAll("words") String left, @ForAll("words") String right) {
		String one = Canonicalizer.canonical("What is " + left + symbol + right + " for?");
		assertThat(one).isNotEqualTo(Canonicalizer.canonical("What is " + left + right + " for?"))
			.isNotEqualTo(Canonicalizer.canonical("What is " + left + " " + right + " for?"));
		if (!symbol.equals(other)) {
			assertThat(one).isNotEqualTo(Canonicalizer.canonical("What is " + left + other + right + " for?"));
		}
	}

	@Provide
	Arbitrary<String> symbols() {
		return Arbitraries.of("+", "-", "*", "/", "<", ">", "=", "!", "?", ".", "#", "@", "$", "%", "&", "^", "~", "²",
				"|");
	}

	@Provide
	Arbitrary<String> words() {
		return Arbitraries.of("x", "y", "7", "a1", "net", "X", "12");
	}

	@Provide
	Arbitrary<String> questions() {
		Arbitrary<String> word = Arbitraries.of("What's", "what", "Please", "hi,", "Hello,", "thanks", "two", "one",
				"is", "a!", "5!", "\"two", "two\"", "don't", "`x", "I'm", "tell", "me", "?", "!", "please?", "Thanks!",
				"...", "can", "you", "Can", "x.", "\n", "it's", "been", ",", "-", "Java?", "twenty-five");
		return Combinators.combine(word.list().ofMaxSize(9), Arbitraries.of(" ", "  "))
			.as((words, space) -> String.join(space, words));
	}

}
