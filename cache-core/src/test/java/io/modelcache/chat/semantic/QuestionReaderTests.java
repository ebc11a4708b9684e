package io.modelcache.chat.semantic;

import java.util.Set;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QuestionReader}.
 */
class QuestionReaderTests {

	private final QuestionReader reader = new QuestionReader(SemanticRules.STANDARD);

	@Test
	void nothingIsExactOnly() {
		assertThat(this.reader.read("").exactOnly()).isEqualTo("blank");
		assertThat(this.reader.read(" \n\t").exactOnly()).isEqualTo("blank");
	}

	@Test
	void whatAnEmbedderMayCutOffIsExactOnly() {
		String hundred = "What is it? " + "This is a tree. ".repeat(24);
		assertThat(this.reader.read(hundred).exactOnly()).isNull();
		assertThat(this.reader.read(hundred + "And what is this and that?").exactOnly()).isEqualTo("too-long");
		assertThat(this.reader.read("What is " + "x".repeat(700)).exactOnly()).isEqualTo("too-long");
		QuestionReader strict = new QuestionReader(new SemanticRules(Set.of("en"), 4, Set.of()));
		assertThat(strict.read("What is a tree?").exactOnly()).isNull();
		assertThat(strict.read("What is a green tree?").exactOnly()).isEqualTo("too-long");
	}

	@ParameterizedTest
	@ValueSource(strings = { "What is a tree?", "Why does the naïve café owner in Zürich smile?", "Is Anna a painter?",
			"Was Napoleon a tall man?", "explain recursion to me", "What does π mean?", "How do I pronounce Gutenberg?",
			"Payment did not go through", "Should I wait?", "WHAT IS A TREE?" })
	void englishIsRead(String question) {
		assertThat(this.reader.read(question).exactOnly()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Was kosten Katzen?", "Was ist das?", "Is Amsterdam mooi?",
			"Wat is de hoofdstad van Belgie", "Como se llama?", "Que es un arbol?", "Qual e a capital?",
			"Cosa posso fare a Roma?", "Hvad er en bog?", "Jak se to robi", "Heizung einschalten", "reset password",
			"Что это?", "What does 你好 mean?", "12345", "???", "Kun je me over dit boek vertellen", "Apa itu kucing?" })
	void whatIsNotSurelyEnglishIsExactOnly(String question) {
		assertThat(this.reader.read(question).exactOnly()).isEqualTo("language");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "What's the weather like in Rome? | volatile", "What is the price of gold? | volatile",
					"Who is the current president? | volatile", "What is the latest version of Java? | volatile",
					"What happened today? | volatile", "Is the shop open now? | volatile",
					"What can I do this weekend? | volatile", "Where is my order? | personal",
					"What is my account balance? | personal", "Show me my last invoice | personal",
					"How much is my bill? | personal", "Cancel the order | acting", "Please cancel the order | acting",
					"Could you transfer 5 dollars to Anna? | acting", "I want to delete the account | acting",
					"Turn on the lamp in the kitchen | acting", "Send an email to Anna | acting" })
	void theMomentThePersonAndTheActAreSeen(String question, String reason) {
		assertThat(this.reader.read(question).canonicalOnly()).isEqualTo(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "How do I cancel an order?", "Can I cancel an order?", "How do I delete my account?",
			"What is a price-earnings ratio?", "How do I reset my password?", "What does transfer mean?",
			"Explain how to send an email", "Should I buy a bicycle?", "How can I track my order?" })
	void whatEverybodyMayAskIsNeitherPersonalNorActing(String question) {
		assertThat(this.reader.read(question).canonicalOnly()).isNull();
	}

	@Test
	void theTextIsKeptAsItWas() {
		assertThat(this.reader.read(" What is  a tree? ").text()).isEqualTo(" What is  a tree? ");
		assertThat(this.reader.read(" What is  a tree? ").canonical()).isEqualTo("what is a tree");
	}

	@Property
	void anyTextIsRead(@ForAll String text) {
		ReadQuestion read = this.reader.read(text);
		assertThat(read.text()).isEqualTo(text);
		assertThat(read.canonical()).isNotNull();
		assertThat(this.reader.read("what is the " + text).words()).isNotNull();
	}

}
