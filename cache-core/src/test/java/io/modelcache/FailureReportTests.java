package io.modelcache;

import io.modelcache.testing.RecordingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
			this.report.report(CacheOperation.READ, new IllegalStateException("connection refused"));
		}
		this.report.report(CacheOperation.WRITE, new IllegalStateException("disk full"));
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
	void whyAnEntryDoesNotFitIsSaid(CapturedOutput output) {
		this.report.report(CacheOperation.DECODE, new EntryMismatchException("its checksum is wrong"));
		assertThat(output).contains("its checksum is wrong");
	}

}
