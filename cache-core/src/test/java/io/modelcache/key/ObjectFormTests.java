package io.modelcache.key;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.modelcache.key.Specimen.Bean;
import io.modelcache.key.Specimen.Color;
import io.modelcache.key.Specimen.Couple;
import io.modelcache.key.Specimen.Derived;
import io.modelcache.key.Specimen.Foreign;
import io.modelcache.key.Specimen.Light;
import io.modelcache.key.Specimen.Pair;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for what an {@link ObjectForm} accepts.
 */
class ObjectFormTests {

	private final ObjectForm objects = ObjectForm.builder().walk(Bean.class::isAssignableFrom).build();

	@ParameterizedTest
	@MethodSource("kinds")
	void equalValuesHaveEqualFormsAndOthersDiffer(Supplier<Object> value, Object other) {
		assertThat(fingerprint(value.get())).isEqualTo(fingerprint(value.get()))
			.isNotEqualTo(fingerprint(other))
			.isNotEqualTo(fingerprint(null));
	}

	static Stream<Arguments> kinds() {
		return Stream.of(kind("text", () -> new String("a"), "b"), kind("truth", () -> true, false),
				kind("byte", () -> (byte) 1, (byte) 2), kind("short", () -> (short) 1, (short) 2),
				kind("int", () -> 1000, 1001), kind("long", () -> 1L << 40, 1L << 41), kind("float", () -> 0.5f, 0.6f),
				kind("double", () -> 0.5, 0.6), kind("character", () -> 'a', 'b'),
				kind("builder", () -> new StringBuilder("a"), new StringBuilder("b")),
				kind("big decimal", () -> new BigDecimal("1.1"), new BigDecimal("1.2")),
				kind("big integer", () -> new BigInteger("1"), new BigInteger("2")),
				kind("uuid", () -> new UUID(1, 2), new UUID(1, 3)),
				kind("uri", () -> URI.create("a:b"), URI.create("a:c")),
				kind("locale", () -> Locale.forLanguageTag("de"), Locale.FRENCH),
				kind("charset", () -> StandardCharsets.UTF_8, StandardCharsets.UTF_16),
				kind("zone", () -> ZoneId.of("Europe/Berlin"), ZoneId.of("UTC")),
				kind("duration", () -> Duration.ofMillis(1), Duration.ofMillis(2)),
				kind("period", () -> Period.ofDays(1), Period.ofDays(2)),
				kind("instant", () -> Instant.ofEpochMilli(1), Instant.ofEpochMilli(2)),
				kind("date", () -> LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 2)),
				kind("enum", () -> Color.RED, Color.GREEN), kind("enum of another class", () -> Color.RED, Light.RED),
				kind("bytes", () -> new byte[] { 1 }, new byte[] { 2 }),
				kind("ints", () -> new int[] { 1, 2 }, new int[] { 2, 1 }),
				kind("texts", () -> new String[] { "a" }, new String[] { "a", null }),
				kind("optional", () -> Optional.of("a"), Optional.of("b")),
				kind("optional int", () -> OptionalInt.of(1), OptionalInt.empty()),
				kind("list", () -> Arrays.asList("a", null), Arrays.asList(null, "a")),
				kind("empty list", () -> List.of(), List.of("")),
				kind("list of lists", () -> List.of(List.of(), List.of("a")), List.of(List.of("a"), List.of())),
				kind("queue", () -> new ArrayDeque<>(List.of("a")), new ArrayDeque<>(List.of("b"))),
				kind("set", () -> Set.of("a", "b"), Set.of("a", "c")),
				kind("set, not list", () -> Set.of("a"), List.of("a")),
				kind("map", () -> Map.of("a", 1), Map.of("a", 2)), kind("map with null", () -> nullable("a"), Map.of()),
				kind("map with another null", () -> nullable("a"), nullable("b")),
				kind("map by type of key", () -> Map.of("1", "x"), Map.of(1, "x")),
				kind("map by constant", () -> Map.of(Color.RED, "x"), Map.of(Color.GREEN, "x")),
				kind("map by enum", () -> Map.of(Color.RED, "x"), Map.of(Light.RED, "x")),
				kind("empty map, not list", () -> Map.of(), List.of()),
				kind("record", () -> new Pair("a", "b"), new Pair("a", "c")),
				kind("record with null", () -> new Pair("a", null), new Pair(null, "a")),
				kind("record of another class", () -> new Pair("a", "b"), new Couple("a", "b")),
				kind("walked", () -> new Bean("a", true), new Bean("b", true)),
				kind("walked, with a flag", () -> new Bean("a", true), new Bean("a", false)),
				kind("walked heir", () -> new Derived("a", List.of("x")), new Derived("a", List.of("y"))),
				kind("foreign", () -> new Foreign("a"), new Foreign("b")),
				kind("foreign, not text", () -> new Foreign("a"), "a"));
	}

	private static Arguments kind(String name, Supplier<Object> value, Object other) {
		return argumentSet(name, value, other);
	}

	private static Map<String, @Nullable Object> nullable(String key) {
		return Collections.singletonMap(key, null);
	}

	@Test
	void integersOfAnyWidthAreOneAndSoAreSequencesOfAnyClass() {
		assertThat(fingerprint(1)).isEqualTo(fingerprint(1L)).isEqualTo(fingerprint((byte) 1));
		assertThat(fingerprint(List.of(1, 2))).isEqualTo(fingerprint(new int[] { 1, 2 }))
			.isEqualTo(fingerprint(new ArrayDeque<>(List.of(1L, 2L))));
		assertThat(fingerprint(Optional.of("a"))).isEqualTo(fingerprint("a"));
		assertThat(fingerprint(Optional.empty())).isEqualTo(fingerprint(null));
	}

	@Test
	void theOrderOfAMapDoesNotMatterAtAnyDepth() {
		Map<String, Object> some = new LinkedHashMap<>();
		Map<String, Object> other = new LinkedHashMap<>();
		for (int i = 0; i < 50; i++) {
			some.put("k" + i, Map.of("i", i));
			other.put("k" + (49 - i), new TreeMap<>(Map.of("i", 49 - i)));
		}
		assertThat(fingerprint(List.of(some))).isEqualTo(fingerprint(List.of(other)))
			.isEqualTo(fingerprint(List.of(new HashMap<>(some))));
	}

	@Test
	void theOrderOfASetDoesNotMatterAtAnyDepth() {
		Set<Object> some = new LinkedHashSet<>(List.of("a", "b", Set.of(1, 2)));
		Set<Object> other = new LinkedHashSet<>(List.of(new LinkedHashSet<>(List.of(2, 1)), "b", "a"));
		assertThat(fingerprint(some)).isEqualTo(fingerprint(other));
		assertThat(fingerprint(new TreeSet<>(List.of("b", "a")))).isEqualTo(fingerprint(Set.of("a", "b")));
	}

	@Test
	void aMapIsNeitherARecordNorASetThatLooksLikeIt() {
		assertThat(
				List.of(fingerprint(Map.of("left", 1)), fingerprint(new Pair(1, null)), fingerprint(Set.of("left", 1)),
						fingerprint(List.of("left", 1)), fingerprint(Map.of("key", "left", "value", 1))))
			.doesNotHaveDuplicates();
	}

	@Test
	void anExcludedPropertyDoesNotCount() {
		ObjectForm form = ObjectForm.builder().walk(Bean.class::isAssignableFrom).exclude(Set.of("value")).build();
		assertThat(fingerprint(form, new Bean("a", true))).isEqualTo(fingerprint(form, new Bean(new Object(), true)))
			.isNotEqualTo(fingerprint(form, new Bean("a", false)));
		assertThat(properties(form, new Derived("a", List.of())))
			.isEqualTo(properties(form, new Derived("b", List.of())))
			.isNotEqualTo(properties(form, new Derived("a", List.of("x"))));
	}

	@Test
	void anExcludedNameInsideOfContentCounts() {
		ObjectForm form = ObjectForm.builder().exclude(Set.of("right")).build();
		assertThat(fingerprint(form, new Pair("a", "b"))).as("a record that is not walked")
			.isNotEqualTo(fingerprint(form, new Pair("a", "c")));
		assertThat(fingerprint(form, Map.of("right", 1))).as("a map")
			.isNotEqualTo(fingerprint(form, Map.of("right", 2)));
		assertThat(properties(form, new Pair("a", "b"))).as("the object itself")
			.isEqualTo(properties(form, new Pair("a", "c")));
	}

	@Test
	void aPropertyOfOneTypeIsExcludedInItsSubclassesAndNowhereElse() {
		ObjectForm form = ObjectForm.builder()
			.walk((type) -> true)
			.exclude(Bean.class, "value")
			.exclude(Derived.class, "names")
			.build();
		assertThat(fingerprint(form, new Derived("a", List.of("x"))))
			.isEqualTo(fingerprint(form, new Derived("b", List.of("y"))));
		assertThat(fingerprint(form, new Specimen.Hiding(new Bean("a", true))))
			.isEqualTo(fingerprint(form, new Specimen.Hiding(new Bean("b", true))));
		assertThat(fingerprint(form, new Specimen.Hiding("a")))
			.isNotEqualTo(fingerprint(form, new Specimen.Hiding("b")));
	}

	@Test
	void aFieldThatNoGetterShowsCounts() {
		ObjectForm form = ObjectForm.builder().walk((type) -> type.getName().startsWith("io.modelcache.key.")).build();
		assertThat(fingerprint(form, new Specimen.Hiding("a"))).isEqualTo(fingerprint(form, new Specimen.Hiding("a")))
			.isNotEqualTo(fingerprint(form, new Specimen.Hiding("b")));
		assertThat(fingerprint(form, new Specimen.HidingHeir("a")))
			.isEqualTo(fingerprint(form, new Specimen.HidingHeir("a")))
			.isNotEqualTo(fingerprint(form, new Specimen.HidingHeir("b")));
	}

	@Test
	void aGetterWithoutFieldCountsUnlessItsClassIsTransparent() {
		Map<String, Integer> straight = new LinkedHashMap<>();
		straight.put("a", 1);
		straight.put("b", 2);
		Map<String, Integer> reverse = new LinkedHashMap<>();
		reverse.put("b", 2);
		reverse.put("a", 1);
		ObjectForm opaque = ObjectForm.builder().build();
		assertThat(properties(opaque, new Specimen.Repeating(straight)))
			.isNotEqualTo(properties(opaque, new Specimen.Repeating(reverse)));
		ObjectForm transparent = ObjectForm.builder().transparent(Specimen.Repeating.class::equals).build();
		assertThat(properties(transparent, new Specimen.Repeating(straight)))
			.isEqualTo(properties(transparent, new Specimen.Repeating(reverse)))
			.isNotEqualTo(properties(transparent, new Specimen.Repeating(Map.of("a", 2))));
	}

	@Test
	void whatAClassAddsToItsAncestorIsWrittenWithItsName() {
		assertThat(added(new Derived("a", List.of("x")))).isEqualTo(added(new Derived("b", List.of("x"))))
			.isNotEqualTo(added(new Derived("a", List.of("y"))))
			.isNotEqualTo(added(new Bean("a", true) {

			}));
		assertThat(added(new Bean("a", true))).as("nothing").isEqualTo(CanonicalForm.of("test", 1).fingerprint());
	}

	@Test
	void aWriterComesFirstAndForSubclassesToo() {
		ObjectForm form = ObjectForm.builder()
			.writer(Bean.class, (target, name, bean) -> target.text(name, "written"))
			.build();
		assertThat(fingerprint(form, new Derived("a", List.of()))).isEqualTo(fingerprint("written"));
		assertThat(fingerprint(form, List.of(new Bean("b", true)))).isEqualTo(fingerprint(List.of("written")));
	}

	@Test
	void propertiesOfAnyClassAreWrittenOnRequest() {
		ObjectForm form = ObjectForm.builder().build();
		assertThat(properties(form, new Bean("a", true))).isEqualTo(properties(form, new Bean("a", true)))
			.isNotEqualTo(properties(form, new Bean("a", false)))
			.isEqualTo(fingerprint(new Bean("a", true)));
	}

	@Test
	void theNameOfTheFieldIsPartOfTheForm() {
		CanonicalForm some = CanonicalForm.of("test", 1);
		CanonicalForm other = CanonicalForm.of("test", 1);
		this.objects.write(some, "a", List.of(1));
		this.objects.write(other, "b", List.of(1));
		assertThat(some.fingerprint()).isNotEqualTo(other.fingerprint());
	}

	@Test
	void thirtyTwoLevelsAreWritten() {
		Object nested = "a";
		for (int i = 0; i < 32; i++) {
			nested = List.of(nested);
		}
		assertThat(fingerprint(nested)).isNotEqualTo(fingerprint("a"));
	}

	private Fingerprint fingerprint(@Nullable Object value) {
		return fingerprint(this.objects, value);
	}

	private static Fingerprint fingerprint(ObjectForm objects, @Nullable Object value) {
		CanonicalForm form = CanonicalForm.of("test", 1);
		objects.write(form, "value", value);
		return form.fingerprint();
	}

	private static Fingerprint added(Bean value) {
		CanonicalForm form = CanonicalForm.of("test", 1);
		ObjectForm.builder().build().writeAdded(form, "added", value, Bean.class);
		return form.fingerprint();
	}

	private static Fingerprint properties(ObjectForm objects, Object value) {
		CanonicalForm form = CanonicalForm.of("test", 1);
		objects.writeProperties(form, "value", value);
		return form.fingerprint();
	}

}
