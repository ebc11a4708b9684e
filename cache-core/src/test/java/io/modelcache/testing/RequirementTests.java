package io.modelcache.testing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link Requirement}.
 */
class RequirementTests {

	private String strict;

	@BeforeEach
	void rememberTheSwitch() {
		this.strict = System.getProperty(Requirement.STRICT, "false");
	}

	@AfterEach
	void putTheSwitchBack() {
		System.setProperty(Requirement.STRICT, this.strict);
	}

	@Test
	void whatIsThereLetsTheTestGoOn() {
		assertThatNoException().isThrownBy(() -> Requirement.check(true, "unused"));
	}

	@Test
	void whatIsMissingSkipsTheTestAndSaysWhy() {
		System.setProperty(Requirement.STRICT, "false");
		assertThatExceptionOfType(TestAbortedException.class)
			.isThrownBy(() -> Requirement.check(false, "no browser: install chromium"))
			.withMessage("no browser: install chromium");
	}

	@Test
	void whatIsMissingFailsTheTestUnderTheSwitch() {
		System.setProperty(Requirement.STRICT, "true");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> Requirement.check(false, "no browser: install chromium"))
			.withMessageContaining("no browser: install chromium")
			.withMessageContaining(Requirement.STRICT);
	}

}
