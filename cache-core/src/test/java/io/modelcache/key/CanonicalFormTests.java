package io.modelcache.key;

import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link CanonicalForm}.
 */
class CanonicalFormTests {

	private static final char[] HOSTILE = { '\0', '\1', '\2', '\3', '\5', '\b', 'a', 'b', '?', '\u007f', '\u0080',
			'\u00ff', '\u0100', '\u20ac', '\ud800', '\ud83d', '\ude00', '\udfff', '\ufffd', '\uffff' };

	@Property
	void theFormIsTheDigestOfTheBytesOfTheReference(@ForAll("fields") List<Field> fields)
			throws NoSuchAlgorithmException {
		Fingerprint reference = ReferenceForm.fingerprint(ReferenceForm.encode("test", 1, fields));
		assertThat(fingerprint(fields)).isEqualTo(reference);
	}

	@Property
	void everyFormOfASeriesIsTheSameAsOneWrittenFromTheBeginning(@ForAll("fields") List<Field> fields,
			@ForAll("longTexts") List<String> texts) {
		Supplier<CanonicalForm> series = KeyHash.SHA_256.form("series", 1)
			.fingerprint("common", fingerprint(fields))
			.series();
		for (String text : texts) {
			assertThat(series.get().text("text", text).fingerprint()).isEqualTo(KeyHash.SHA_256.form("series", 1)
				.fingerprint("common", fingerprint(fields))
				.text("text", text)
				.fingerprint());
		}
	}

	@Example
	void aSeriesStartsWithAFewWholeFields() {
		assertThatIllegalStateException().isThrownBy(() -> CanonicalForm.of("test", 1).begin("group").series());
		assertThatIllegalStateException()
			.isThrownBy(() -> CanonicalForm.of("test", 1).text("text", "x".repeat(1_000)).series());
	}

	@Provide
	Arbitrary<List<String>> longTexts() {
		return Combinators
			.combine(Arbitraries.of("", "a", "\u00ff", "\u0100", "a\ud800"),
					Arbitraries.of(1, 60, 65, 511, 512, 513, 1100))
			.as((unit, count) -> unit.repeat(count))
			.list()
			.ofMaxSize(6);
	}

	@Property
	void theFieldsCanBeReadBackFromTheBytes(@ForAll("fields") List<Field> fields) {
		assertThat(ReferenceForm.decode(ReferenceForm.encode("test", 1, fields))).isEqualTo(fields);
	}

	@Property
	void differentFieldsHaveDifferentFingerprints(@ForAll("similarFields") List<Field> some,
			@ForAll("similarFields") List<Field> other) {
		assertThat(fingerprint(some).equals(fingerprint(other))).isEqualTo(some.equals(other));
	}

	@Property
	void aTextThatImitatesEncodedFieldsIsStillOneField(@ForAll("fields") List<Field> fields) {
		byte[] bytes = ReferenceForm.encode("test", 1, fields);
		List<Field> imitation = List.of(new Field.Text("a", new String(bytes, StandardCharsets.ISO_8859_1)));
		assertThat(ReferenceForm.decode(ReferenceForm.encode("test", 1, imitation))).isEqualTo(imitation);
		assertThat(fingerprint(imitation)).isNotEqualTo(fingerprint(fields));
	}

	@Property
	void nothingIsLostAtTheEdgesOfBuffersAndSegments(@ForAll @IntRange(min = 0, max = 600) int before,
			@ForAll @IntRange(min = 200, max = 1100) int length, @ForAll("hostileCharacters") char last)
			throws NoSuchAlgorithmException {
		List<Field> fields = List.of(new Field.Text("before", "x".repeat(before)),
				new Field.Text("text", "y".repeat(length - 1) + last), new Field.Bytes("bytes", new byte[length]),
				new Field.Whole("after", length));
		byte[] bytes = ReferenceForm.encode("test", 1, fields);
		assertThat(fingerprint(fields)).isEqualTo(ReferenceForm.fingerprint(bytes));
		assertThat(ReferenceForm.decode(bytes)).isEqualTo(fields);
	}

	@Example
	void everyLengthOfTextAndNameAroundTheEdgesMatchesTheReference() throws NoSuchAlgorithmException {
		for (int length = 0; length <= 1100; length++) {
			for (String unit : new String[] { "a", "\u00e9", "\u4e2d", "\ud800" }) {
				List<Field> fields = List.of(new Field.Text("t", unit.repeat(length)),
						new Field.Flag(unit.repeat(length), true));
				assertThat(fingerprint(fields)).as("%d times %s", length, unit)
					.isEqualTo(ReferenceForm.fingerprint(ReferenceForm.encode("test", 1, fields)));
			}
		}
	}

	@Example
	void theBoundaryBetweenNameAndValueIsPartOfTheForm() {
		assertThat(form().text("ab", "c").fingerprint()).isNotEqualTo(form().text("a", "bc").fingerprint());
		assertThat(form().text("a", "b").text("c", "d").fingerprint())
			.isNotEqualTo(form().text("a", "bc").text("", "d").fingerprint());
	}

	@Example
	void theBoundaryOfAGroupIsPartOfTheForm() {
		assertThat(form().begin("g").text("a", "1").text("b", "2").end().fingerprint())
			.isNotEqualTo(form().begin("g").text("a", "1").end().text("b", "2").fingerprint());
		assertThat(form().begin("g").end().fingerprint()).isNotEqualTo(form().fingerprint());
	}

	@Example
	void anUnpairedSurrogateIsNotTheQuestionMarkThatUtf8MakesOfIt() {
		assertThat(form().text("t", "\ud800").fingerprint()).isNotEqualTo(form().text("t", "?").fingerprint())
			.isNotEqualTo(form().text("t", "\ud801").fingerprint())
			.isNotEqualTo(form().text("t", "\ufffd").fingerprint());
	}

	@Example
	void equalValuesOfDifferentTypesDiffer() {
		assertThat(List.of(form().text("a", "1").fingerprint(), form().integer("a", 1).fingerprint(),
				form().decimal("a", 1).fingerprint(), form().flag("a", true).fingerprint(),
				form().bytes("a", new byte[] { '1' }).fingerprint(), form().begin("a").end().fingerprint()))
			.doesNotHaveDuplicates();
	}

	@Example
	void nullIsLeftOutAndEmptyIsNot() {
		Fingerprint none = form().fingerprint();
		assertThat(form().text("a", null).bytes("b", null).fingerprint()).isEqualTo(none);
		assertThat(form().text("a", "").fingerprint()).isNotEqualTo(none);
		assertThat(form().bytes("a", new byte[0]).fingerprint()).isNotEqualTo(none)
			.isNotEqualTo(form().text("a", "").fingerprint());
	}

	@Example
	void zerosOfBothSignsDifferAndAllNotANumbersAreOne() {
		assertThat(form().decimal("a", 0.0).fingerprint()).isNotEqualTo(form().decimal("a", -0.0).fingerprint());
		double another = Double.longBitsToDouble(0x7ff8000000000001L);
		assertThat(form().decimal("a", Double.NaN).fingerprint()).isEqualTo(form().decimal("a", another).fingerprint());
	}

	@Example
	void kindAndVersionArePartOfTheForm() {
		assertThat(List.of(CanonicalForm.of("chat", 1).fingerprint(), CanonicalForm.of("chat", 2).fingerprint(),
				CanonicalForm.of("embedding", 1).fingerprint()))
			.doesNotHaveDuplicates();
	}

	@Example
	void theOrderOfFieldsIsPartOfTheForm() {
		assertThat(form().flag("a", true).flag("b", true).fingerprint())
			.isNotEqualTo(form().flag("b", true).flag("a", true).fingerprint());
	}

	@Example
	void misuseIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> form().end());
		assertThatIllegalStateException().isThrownBy(() -> form().begin("a").fingerprint());
		CanonicalForm used = form();
		used.fingerprint();
		assertThatIllegalStateException().isThrownBy(used::fingerprint);
		assertThatIllegalStateException().isThrownBy(() -> used.text("a", "b"));
		assertThatIllegalStateException().isThrownBy(() -> used.begin("a"));
	}

	/**
	 * Keys outlive the process: these were computed by another program from the
	 * description of the form. A change here makes every stored entry unreachable.
	 */
	@Example
	void fingerprintsAreWhatTheyWereYesterday() {
		assertThat(form().fingerprint().toHex())
			.isEqualTo("02e498a65f3082ddefd595f06be4337d485504bf70a85aba31bb262aadfe02c6");
		assertThat(everything().fingerprint().toHex())
			.isEqualTo("ba108662d3e9ef320e23392814337e2da88a337ebeac921932f40bcf0dd93883");
		assertThat(form().text("long", "Zürich ".repeat(300) + "\ud83d\ude00 " + "\ud83d").fingerprint().toHex())
			.isEqualTo("6f1007256f2f01003fb04bd27237d641575bc5aa060fe6f8458240b669ca8e47");
	}

	private static CanonicalForm everything() {
		return form().text("text", "What is Spring?")
			.text("wide", "\u4e2d\u6587")
			.text("empty", "")
			.text("none", null)
			.integer("integer", -42)
			.decimal("decimal", 0.7)
			.flag("yes", true)
			.flag("no", false)
			.bytes("bytes", new byte[] { 0, 1, -1 })
			.fingerprint("fingerprint", new Fingerprint(1, 2, 3, -4))
			.begin("group")
			.text("inner", "a")
			.end();
	}

	private static CanonicalForm form() {
		return CanonicalForm.of("test", 1);
	}

	private static Fingerprint fingerprint(List<Field> fields) {
		return Field.write(form(), fields).fingerprint();
	}

	@Provide
	Arbitrary<Character> hostileCharacters() {
		return Arbitraries.chars().with(HOSTILE);
	}

	@Provide
	Arbitrary<List<Field>> fields() {
		Arbitrary<String> texts = Arbitraries.oneOf(hostileCharacters().list().ofMaxSize(20).map(this::text),
				hostileCharacters().list().ofMinSize(50).ofMaxSize(1100).map(this::text), longLatin());
		return fields(texts, 2);
	}

	/**
	 * So few and short that equal ones come often and nearly equal ones most of the time.
	 */
	@Provide
	Arbitrary<List<Field>> similarFields() {
		return fields(Arbitraries.of("", "a", "b", "ab", "\0", "\1a", "\ud800", "?"), 1).map(this::few);
	}

	private List<Field> few(List<Field> fields) {
		return new ArrayList<>(fields.subList(0, Math.min(2, fields.size())));
	}

	private Arbitrary<String> longLatin() {
		return Combinators
			.combine(Arbitraries.of("a", "\u00ff", "\0"), Arbitraries.integers().between(60, 1100), hostileCharacters())
			.as((unit, count, last) -> unit.repeat(count) + last);
	}

	private String text(List<Character> characters) {
		StringBuilder text = new StringBuilder();
		characters.forEach(text::append);
		return text.toString();
	}

	private Arbitrary<List<Field>> fields(Arbitrary<String> texts, int depth) {
		Arbitrary<String> names = Arbitraries.frequencyOf(Tuple.of(9, Arbitraries.of("", "a", "ab", "\0")),
				Tuple.of(1, texts));
		List<Arbitrary<? extends Field>> kinds = new ArrayList<>();
		kinds.add(Combinators.combine(names, texts).as(Field.Text::new));
		kinds.add(Combinators.combine(names, Arbitraries.of(0L, 1L, -1L, Long.MIN_VALUE)).as(Field.Whole::new));
		kinds.add(Combinators.combine(names, Arbitraries.of(0.0, -0.0, 1.0, Double.NaN)).as(Field.Decimal::new));
		kinds.add(Combinators.combine(names, Arbitraries.of(true, false)).as(Field.Flag::new));
		kinds.add(Combinators.combine(names, texts.map((text) -> text.getBytes(StandardCharsets.UTF_16BE)))
			.as(Field.Bytes::new));
		kinds.add(Combinators.combine(names, Arbitraries.of(0L, 1L))
			.as((name, value) -> new Field.Digest(name, new Fingerprint(0, 0, 0, value))));
		if (depth > 0) {
			kinds.add(Combinators.combine(names, fields(texts, depth - 1)).as(Field.Group::new));
		}
		return Arbitraries.oneOf(kinds).map(Field.class::cast).list().ofMaxSize(5);
	}

}
