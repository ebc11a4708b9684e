package io.modelcache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.modelcache.testing.RecordingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureReport}.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureReportTests {

	private final RecordingListener listener = new RecordingListener();

	private final FailureReport report = new FailureReport("openAiChatModel", this.listener);

	@Test
	void everyFailureIsCountedAndTheFirstOfAKindIsSaid(CapturedOutput output) {
		for (int i = 0; i < 100; i++) {
			this.report.report(CacheOperation.READ,
					new UncheckedIOException(new ConnectException("connection refused")));
		}
		this.report.report(CacheOperation.WRITE, new UncheckedIOException(new IOException("disk full")));
		assertThat(this.listener.events()).hasSize(101);
		assertThat(output.toString().lines().filter((line) -> line.contains("WARN"))).hasSize(2)
			.anySatisfy(
					(line) -> assertThat(line).contains("openAiChatModel", "read from its store", "connection refused"))
			.anySatisfy((line) -> assertThat(line).contains("write to its store", "disk full"));
	}

	@Test
	void whatACodecThrowsIsNotQuoted(CapturedOutput output) {
		this.report.report(CacheOperation.ENCODE, new IllegalStateException("the answer 42"));
		this.report.report(CacheOperation.DECODE, new IllegalStateException("the answer 43"));
		assertThat(output).contains("encode an answer", "decode an entry", "IllegalStateException")
			.doesNotContain("the answer");
	}

	@Test
	void whatAStoreThrowsIsNotQuotedEither(CapturedOutput output) {
		Logger logger = (Logger) LoggerFactory.getLogger(ModelCache.class);
		Level before = logger.getLevel();
		logger.setLevel(Level.TRACE);
		try {
			this.report.report(CacheOperation.READ, new IllegalStateException("outer secret",
					new NumberFormatException("For input string: \"secret\"")));
			this.report.report(CacheOperation.WRITE, new IllegalArgumentException("OOM secret not allowed"));
		}
		finally {
			logger.setLevel(before);
		}
		assertThat(output)
			.contains("java.lang.IllegalStateException, caused by java.lang.NumberFormatException",
					"IllegalArgumentException: OOM")
			.doesNotContain("secret");
	}

	@Test
	void whyAnEntryDoesNotFitIsSaid(CapturedOutput output) {
		this.report.report(CacheOperation.DECODE, new EntryMismatchException("its checksum is wrong"));
		assertThat(output).contains("its checksum is wrong");
	}

}
