package io.modelcache.sample.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.modelcache.sample.SampleTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page says of questions that mean the same, in a real browser and by a real
 * embedding model.
 */
@SampleTest
@ActiveProfiles("semantic")
@TestPropertySource(properties = "logging.level.org.openqa.selenium=error")
class SemanticPageIT {

	private static final String QUESTION = "What happens 30 days after the first payment?";

	@LocalServerPort
	private int port;

	@Test
	void thePageShowsWhichQuestionAnsweredAndWhichGuardRefused(@TempDir Path profile) throws IOException {
		ChromeDriver browser = Browser.open(profile);
		try {
			browser.get("http://127.0.0.1:" + this.port + "/");
			assertThat(ask(browser, QUESTION, 1)).isEmpty();
			assertThat(ask(browser, QUESTION.replace("?", ""), 2))
				.isEqualTo("Answered from “" + QUESTION + "”: the same question but for what cannot matter.");
			assertThat(ask(browser, "What will happen 30 days after the first payment?", 3))
				.matches("Answered from “\\Q" + QUESTION + "\\E” \\(similarity 0\\.9\\d*\\)\\.");
			screenshot(browser, "answered");
			assertThat(ask(browser, QUESTION.replace("30", "60"), 4)).matches(
					"A similar question is known \\(similarity 0\\.9\\d*\\), but “number” spoke against its answer\\.");
			screenshot(browser, "refused");
		}
		finally {
			browser.quit();
		}
	}

	private static String ask(ChromeDriver browser, String question, int call) {
		WebElement input = browser.findElement(By.id("question"));
		input.clear();
		input.sendKeys(question);
		browser.findElement(By.id("ask")).click();
		new WebDriverWait(browser, Duration.ofSeconds(30))
			.until((page) -> !page.findElements(By.cssSelector("#calls tr:nth-child(%d)".formatted(call))).isEmpty()
					&& page.findElement(By.id("ask")).isEnabled());
		return browser.findElement(By.id("meaning")).getText();
	}

	private static void screenshot(ChromeDriver browser, String name) throws IOException {
		Path directory = Files.createDirectories(Path.of("target", "screenshots"));
		Files.write(directory.resolve("semantic-" + name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
	}

}
