package io.modelcache.sample.web;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import io.modelcache.testing.Requirement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * A headless Chromium as Debian packages it; nothing is ever downloaded.
 */
final class Browser {

	private Browser() {
	}

	/**
	 * Opens a fresh browser, or skips the test where there is none (fails it under the
	 * strict switch).
	 * @param profile an empty directory for it to live in
	 * @return the browser
	 */
	static ChromeDriver open(Path profile) {
		Optional<File> chromium = onPath("chromium");
		Optional<File> driver = onPath("chromedriver");
		Requirement.check(chromium.isPresent() && driver.isPresent(),
				"needs chromium and chromedriver on the PATH (Debian: apt-get install chromium chromium-driver)");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(chromium.orElseThrow());
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
				"--no-first-run", "--window-size=1000,1100", "--user-data-dir=" + profile);
		return new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(driver.orElseThrow())
			.usingAnyFreePort()
			.build(), options);
	}

	private static Optional<File> onPath(String program) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((directory) -> new File(directory, program))
			.filter(File::canExecute)
			.findFirst();
	}

}
