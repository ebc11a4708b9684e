package io.modelcache.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.modelcache.sample.docs.CodeBlock;
import io.modelcache.sample.docs.CodeBlocks;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the {@code java} blocks of the documentation compile. A block that cannot is
 * marked by {@code <!-- not compiled: why -->} on the line before it.
 */
class DocumentedCodeTests {

	private static final Path ROOT = Path.of("..");

	/**
	 * Pages whose every block is run by a test of its own, which is more:
	 * {@link CallsGuideTests} and {@link EmbeddingsGuideTests}.
	 */
	private static final Set<String> RUN_ELSEWHERE = Set.of("calls.md", "embeddings.md");

	private static final Pattern MARK = Pattern.compile("<!-- not compiled");

	@Test
	void everyBlockCompiles() {
		List<CodeBlock> blocks = pages().flatMap(CodeBlock::of).toList();
		assertThat(blocks).hasSizeGreaterThan(10);
		assertThat(CodeBlocks.compile(blocks)).as("faults of blocks; CodeBlock says which names they may use")
			.isEmpty();
	}

	@Test
	void aBlockThatIsNotCompiledSaysWhy() {
		assertThat(pages()).allSatisfy((page) -> assertThat(MARK.matcher(read(page)).results()).as("%s", page)
			.hasSize((int) CodeBlock.REASON.matcher(read(page)).results().count()));
	}

	@Test
	void aWrongNameIsAFault() {
		CodeBlock block = new CodeBlock("page.md", 7, "CacheControl.noCash().call(() -> chatModel.call(prompt));");
		assertThat(CodeBlocks.compile(List.of(block))).singleElement().asString().contains("page.md:7", "noCash");
	}

	private static Stream<Path> pages() {
		try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
			List<Path> pages = docs.filter((file) -> file.toString().endsWith(".md"))
				.filter((file) -> !RUN_ELSEWHERE.contains(file.getFileName().toString()))
				.sorted()
				.toList();
			return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages.stream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path page) {
		try {
			return Files.readString(page);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
