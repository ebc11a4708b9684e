package io.modelcache.sample;

import java.io.BufferedReader;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample as the build has processed it ahead of time, in a JVM of its own.
 */
class AheadOfTimeIT {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final Pattern STARTED = Pattern.compile("Started SampleApplication");

	private final List<String> log = new ArrayList<>();

	private Process sample;

	private BufferedReader output;

	@BeforeEach
	void start() throws Exception {
		String classes = Path.of("target", "classes").toAbsolutePath().toString();
		String classPath = System.getProperty("java.class.path") + File.pathSeparator + classes;
		this.sample = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Dspring.aot.enabled=true", "-cp", classPath,
				SampleApplication.class.getName(), "--server.port=0", "--spring.ai.openai.api-key=",
				"--sample.provider.chat-delay=0ms", "--sample.demo.enabled=false")
			.redirectErrorStream(true)
			.start();
		this.output = this.sample.inputReader();
	}

	@AfterEach
	void stop() throws Exception {
		this.sample.destroyForcibly().waitFor();
	}

	@Test
	void theModelsAreDecoratedAndTheSecondAnswerIsAHit() throws Exception {
		String port = await(PORT).group(1);
		await(STARTED);
		assertThat(this.log).anyMatch((line) -> line.contains("Starting AOT-processed SampleApplication"))
			.anyMatch((line) -> line.contains("chat model 'openAiChatModel' is cached: caffeine, ttl 1d"))
			.anyMatch((line) -> line.contains("embedding model 'openAiEmbeddingModel' is cached: caffeine, ttl none"))
			.anyMatch((line) -> line.contains("chat model 'editor' is not cached: @Uncached"))
			.noneMatch((line) -> line.contains("WARN") && line.contains(" io.modelcache "));
		assertThat(ask(port)).contains("fwd=miss", "stored");
		assertThat(ask(port)).contains("; hit;");
	}

	private Matcher await(Pattern pattern) throws Exception {
		for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
			this.log.add(line);
			Matcher matcher = pattern.matcher(line);
			if (matcher.find()) {
				return matcher;
			}
		}
		throw new AssertionError("The sample has ended:\n" + String.join("\n", this.log));
	}

	private static String ask(String port) throws Exception {
		URI question = URI.create("http://127.0.0.1:" + port + "/ask?q=What+is+ahead+of+time");
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(question).build(), HttpResponse.BodyHandlers.discarding())
			.headers()
			.firstValue("Cache-Status")
			.orElseThrow();
	}

}
