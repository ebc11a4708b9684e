package io.modelcache.key;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.modelcache.key.Specimen.Bean;
import io.modelcache.key.Specimen.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.ByteArrayResource;

import static io.modelcache.key.Specimen.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for what an {@link ObjectForm} refuses, and how it says so.
 */
class ObjectFormRefusalTests {

	private static final Set<Class<?>> WALKED = Set.of(Bean.class, Specimen.Hiding.class, Specimen.HidingHeir.class,
			Specimen.Empty.class, Specimen.lambda().getClass(), Specimen.Failing.class, Specimen.FailingChecked.class);

	private final ObjectForm objects = ObjectForm.builder().walk(WALKED::contains).build();

	@ParameterizedTest
	@MethodSource("refused")
	void whatHasNoFaithfulFormIsRefusedByItsPathAndNeverByItsValue(Object value, String path) {
		assertThatExceptionOfType(UnrepresentableException.class)
			.isThrownBy(() -> this.objects.write(CanonicalForm.of("test", 1), "options", value))
			.withMessageStartingWith("'%s' cannot be part of a cache key: ", path)
			.satisfies((ex) -> assertThat(ex.field()).isEqualTo(path))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(SECRET))
			.withNoCause();
	}

	static Stream<Arguments> refused() {
		Supplier<String> lambda = () -> SECRET;
		Supplier<String> reference = SECRET::trim;
		Supplier<String> anonymous = new Supplier<>() {

			@Override
			public String get() {
				return SECRET;
			}

		};
		return Stream.of(argumentSet("lambda", lambda, "options"),
				argumentSet("method reference", reference, "options"),
				argumentSet("anonymous class", anonymous, "options"), argumentSet("object", new Object(), "options"),
				argumentSet("proxy", Specimen.proxy(), "options"),
				argumentSet("class without text", new Specimen.Opaque(), "options"),
				argumentSet("text that fails", new Specimen.ForeignFailing(), "options"),
				argumentSet("date, without milliseconds in its text", new Date(1), "options"),
				argumentSet("pattern, without flags in its text", Pattern.compile(SECRET), "options"),
				argumentSet("reference of the JDK", new AtomicReference<>(SECRET), "options"),
				argumentSet("entry of a map", Map.entry("a", SECRET), "options"),
				argumentSet("resource, without content in its text",
						new ByteArrayResource(SECRET.getBytes(StandardCharsets.UTF_8)), "options"),
				argumentSet("in a list", List.of("a", new Object()), "options.1"),
				argumentSet("in a set", Set.of(new Object()), "options.member"),
				argumentSet("in a map", Map.of(SECRET, new Object()), "options.value"),
				argumentSet("in an array", new Object[] { new Object() }, "options.0"),
				argumentSet("in a record", new Pair("a", new Object()), "options.right"),
				argumentSet("in a walked class", new Bean(new Object(), true), "options.value"),
				argumentSet("deep inside", new Pair(List.of("a", Map.of("k", new Bean(lambda, true))), null),
						"options.left.1.value.value"),
				argumentSet("field without getter", new Specimen.Hiding(new Object()), "options.hidden"),
				argumentSet("inherited field without getter", List.of(new Specimen.HidingHeir(new Object())),
						"options.0.inherited"),
				argumentSet("class that shows nothing", new Specimen.Empty(), "options.class"),
				argumentSet("lambda of a class that is walked", Specimen.lambda(), "options"),
				argumentSet("getter that fails", new Specimen.Failing(), "options.value"),
				argumentSet("getter that fails checked", new Specimen.FailingChecked(), "options.value"),
				argumentSet("key that is an object", Map.of(new Pair(SECRET, "a"), "b"), "options"),
				argumentSet("key that is null", Collections.singletonMap(null, "b"), "options"),
				argumentSet("key that is an opaque number", Map.of(new Specimen.OpaqueNumber(), "b"), "options.key"),
				argumentSet("keys with one text", Map.of("1", "a", 1, "b"), "options"));
	}

	@Test
	void aCycleIsRefused() {
		List<Object> list = new ArrayList<>();
		list.add(list);
		Map<String, Object> map = new HashMap<>();
		map.put("self", map);
		Object[] array = new Object[1];
		array[0] = Arrays.asList(array, "a");
		for (Object cyclic : List.of(list, map, array, List.of(new Bean(list, true)))) {
			assertThatExceptionOfType(UnrepresentableException.class)
				.isThrownBy(() -> this.objects.write(CanonicalForm.of("test", 1), "options", cyclic))
				.withMessageContaining("nested more than 32 levels deep")
				.satisfies((ex) -> assertThat(ex.field()).startsWith("options."));
		}
	}

	@Test
	void thirtyThreeLevelsAreTooDeep() {
		Object nested = "a";
		for (int i = 0; i < 33; i++) {
			nested = List.of(nested);
		}
		Object tooDeep = nested;
		assertThatExceptionOfType(UnrepresentableException.class)
			.isThrownBy(() -> this.objects.write(CanonicalForm.of("test", 1), "options", tooDeep));
	}

	@Test
	void aListThatChangesWhileItIsReadIsRefused() {
		List<Object> list = new ArrayList<>();
		list.add(new Bean(null, true) {

			@Override
			public Object getValue() {
				return list.add(SECRET);
			}

		});
		ObjectForm form = ObjectForm.builder().walk(Bean.class::isAssignableFrom).build();
		assertThatExceptionOfType(UnrepresentableException.class)
			.isThrownBy(() -> form.write(CanonicalForm.of("test", 1), "options", List.of(list)))
			.withMessage("'options.0' cannot be part of a cache key: reading it fails with "
					+ "java.util.ConcurrentModificationException");
	}

	@Test
	void anErrorOfAGetterIsNotHidden() {
		Bean broken = new Bean(null, true) {

			@Override
			public Object getValue() {
				throw new OutOfMemoryError("planted");
			}

		};
		assertThatExceptionOfType(OutOfMemoryError.class)
			.isThrownBy(() -> this.objects.writeProperties(CanonicalForm.of("test", 1), "options", broken));
	}

}
