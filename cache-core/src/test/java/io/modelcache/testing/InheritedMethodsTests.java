package io.modelcache.testing;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InheritedMethods}.
 */
class InheritedMethodsTests {

	@Test
	void aDefaultMethodThatNobodyOverridesIsListed() {
		assertThat(InheritedMethods.of(Decorator.class)).containsExactly("Base.forgotten(String, int[])",
				"Model.alsoForgotten()");
	}

	/**
	 * An interface above the one that is decorated.
	 *
	 * @param <T> what it returns
	 */
	interface Base<T> {

		T call();

		default void forgotten(String text, int[] numbers) {
		}

		default void overridden() {
		}

	}

	/**
	 * The interface that is decorated.
	 */
	interface Model extends Base<String> {

		@Override
		String call();

		default void alsoForgotten() {
		}

	}

	/**
	 * The decorator.
	 */
	static class Decorator implements Model {

		@Override
		public String call() {
			return "";
		}

		@Override
		public void overridden() {
		}

	}

}
