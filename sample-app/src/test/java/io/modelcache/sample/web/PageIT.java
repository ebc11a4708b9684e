package io.modelcache.sample.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.modelcache.sample.SampleTest;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.Point;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page as a visitor sees it, in a real browser.
 */
@SampleTest
@TestPropertySource(properties = { "sample.provider.chat-delay=900ms", "logging.level.org.openqa.selenium=error" })
class PageIT {

	@LocalServerPort
	private int port;

	private ChromeDriver browser;

	@BeforeEach
	void openPage(@TempDir Path profile) {
		this.browser = Browser.open(profile);
		this.browser.get("http://127.0.0.1:" + this.port + "/");
	}

	@AfterEach
	void closeBrowser() {
		if (this.browser != null) {
			this.browser.quit();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void theSecondAnswerIsAHitAndItsBarIsShort(String scheme) throws IOException {
		this.browser.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
		String question = "What is seen in the %s?".formatted(scheme);
		assertThat(ask(question, 1)).isEqualTo("miss");
		String answer = find("#answer").getText();
		assertThat(ask(question, 2)).isEqualTo("hit");
		assertThat(find("#answer").getText()).isEqualTo(answer).contains(question);
		assertThat(find("#header").getText()).startsWith("Cache-Status: modelcache; hit");
		List<WebElement> bars = this.browser.findElements(By.cssSelector("#calls .bar"));
		assertThat(bars).extracting((bar) -> bar.getDomAttribute("class")).containsExactly("bar miss", "bar hit");
		assertThat(bars.get(1).getSize().width).isPositive().isLessThan(bars.get(0).getSize().width / 4);
		screenshot(scheme);
	}

	@Test
	void aStreamIsSeenWordByWordAndItsAnswerIsAHitForACall() throws IOException {
		find("#streamed").click();
		String question = "What is seen word by word?";
		type(question);
		this.browser.executeScript("""
				const answer = document.getElementById('answer');
				window.seen = [];
				new MutationObserver(() => seen.push(answer.textContent)).observe(answer, { childList: true });
				""");
		find("#ask").click();
		until("#calls tr:nth-child(1)");
		until("#ask:enabled");
		assertThat(find("#outcome").getText()).isEqualTo("miss");
		assertThat(find("#answer").getText()).contains(question);
		assertThat(this.browser.executeScript("return window.seen")).asInstanceOf(InstanceOfAssertFactories.LIST)
			.hasSizeGreaterThan(10)
			.startsWith("You ", "You asked: ");
		assertThat(find("#time").getText()).contains("the first words after");
		String answer = find("#answer").getText();
		find("#streamed").click();
		assertThat(ask(question, 2)).isEqualTo("hit");
		find("#streamed").click();
		assertThat(ask(question, 3)).isEqualTo("hit");
		assertThat(find("#answer").getText()).isEqualTo(answer);
		screenshot("streamed");
	}

	@Test
	void aQuestionThatIsRefusedIsNoCall() {
		find("#question").sendKeys("?");
		this.browser.executeScript("document.getElementById('question').value = 'long'.repeat(5000)");
		find("#ask").click();
		until("#ask:enabled");
		assertThat(find("#outcome").getText()).isEqualTo("error");
		assertThat(find("#answer").getText()).isEqualTo("The application answered with status 400.");
		assertThat(find("#chart").isDisplayed()).isFalse();
	}

	@Test
	void itSaysThatAStandInAnswers() {
		until("#provider");
		assertThat(find("#provider").getText()).contains("stand-in provider").contains("no language model");
	}

	@Test
	void theButtonStaysWhereItIsWhenTheProviderIsKnown() {
		until("#provider");
		Point place = find("#ask").getLocation();
		this.browser.executeScript("document.getElementById('provider').hidden = true");
		assertThat(find("#provider").isDisplayed()).isFalse();
		assertThat(find("#ask").getLocation()).isEqualTo(place);
	}

	@Test
	void itLoadsNothingFromElsewhereAndBreaksNothing() {
		ask("Is all well?", 1);
		assertThat(this.browser.manage().logs().get(LogType.BROWSER)).isEmpty();
		assertThat((List<?>) this.browser
			.executeScript("return performance.getEntriesByType('resource').map(entry => entry.name)")).isNotEmpty()
			.allSatisfy((address) -> assertThat(address).asString().startsWith("http://127.0.0.1:" + this.port + "/"));
	}

	private String ask(String question, int expectedBars) {
		type(question);
		find("#ask").click();
		until("#calls tr:nth-child(" + expectedBars + ")");
		until("#ask:enabled");
		return find("#outcome").getText();
	}

	private void type(String question) {
		WebElement input = find("#question");
		input.clear();
		input.sendKeys(question);
	}

	private void until(String selector) {
		new WebDriverWait(this.browser, Duration.ofSeconds(20)).until((browser) -> find(selector).isDisplayed());
	}

	private WebElement find(String selector) {
		return this.browser.findElement(By.cssSelector(selector));
	}

	private void screenshot(String name) throws IOException {
		Path target = Path.of("target", "page-" + name + ".png");
		Files.write(target, this.browser.getScreenshotAs(OutputType.BYTES));
	}

}
