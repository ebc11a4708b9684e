package io.modelcache.key;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientHints}, and for what happens without them.
 */
class ClientHintsTests {

	/**
	 * Classes that hold no address, and those of the application, which have hints of
	 * their own.
	 */
	private static final List<String> ELSEWHERE = List.of("java.", "io.modelcache.", "org.springframework.ai.tool.",
			"org.springframework.ai.model.tool.", "org.springframework.ai.google.genai.schema.");

	private static final RuntimeHints HINTS = hints();

	@ParameterizedTest
	@MethodSource("io.modelcache.key.ModelEndpointTests#models")
	void everyClassOnTheWayToAnAddressKeepsItsFields(Object model, String address) {
		for (Object visited : visitedFrom(model)) {
			for (Class<?> level = visited.getClass(); level != Object.class; level = level.getSuperclass()) {
				assertKeepsFields(level);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "com.openai.core.ObjectMappers", "com.anthropic.core.ObjectMappers" })
	void theMapperOfAnSdkCanBeAskedFor(String holder) throws ReflectiveOperationException {
		Class<?> type = ClassUtils.forName(holder, null);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(type, "jsonMapper")).accepts(HINTS);
	}

	@Test
	void aModelOfWhichNothingIsSeenIsNotTakenForOneWithoutAClientInANativeImage() {
		assertThat(new EndpointSearch(new Opaque(), false).search()).isTrue();
		assertThat(new EndpointSearch(new Opaque(), true).search()).isFalse();
		assertThat(new EndpointSearch(new Visible("http://localhost"), true).search()).isTrue();
	}

	private static Set<?> visitedFrom(Object model) {
		EndpointSearch search = new EndpointSearch(model, false);
		assertThat(search.search()).isTrue();
		return (Set<?>) ReflectionTestUtils.getField(search, "visited");
	}

	private static void assertKeepsFields(Class<?> type) {
		boolean elsewhere = ELSEWHERE.stream().anyMatch(type.getName()::startsWith);
		if (!elsewhere && !type.isHidden()
				&& Stream.of(type.getDeclaredFields()).anyMatch(ClientHintsTests::mayLeadToAnAddress)) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(TypeReference.of(type.getName()))
				.withMemberCategory(MemberCategory.ACCESS_DECLARED_FIELDS)).as(type.getName()).accepts(HINTS);
		}
	}

	private static boolean mayLeadToAnAddress(Field field) {
		return !Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive();
	}

	private static RuntimeHints hints() {
		RuntimeHints hints = new RuntimeHints();
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter((registrar) -> registrar.getClass().getName().startsWith("io.modelcache."))
			.forEach((registrar) -> registrar.registerHints(hints, ClientHintsTests.class.getClassLoader()));
		return hints;
	}

	private static final class Opaque {

	}

	private record Visible(String baseUrl) {

	}

}
