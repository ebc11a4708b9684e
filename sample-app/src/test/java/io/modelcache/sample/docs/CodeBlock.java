package io.modelcache.sample.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A {@code java} block of a page: imports, then types and bean methods, or statements.
 *
 * @param page the name of the file
 * @param line where it begins
 * @param code what is in it
 */
public record CodeBlock(String page, int line, String code) {

	/**
	 * The mark of a block that is not compiled, with the reason.
	 */
	public static final Pattern REASON = Pattern.compile("<!-- not compiled: [^\n]{10,} -->\n```java\n");

	private static final Pattern BLOCK = Pattern.compile("(<!-- not compiled[^\n]*\n)?^```java\n(.*?)^```",
			Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern MEMBER = Pattern
		.compile("\\A\\s*(@|static |((public|final|abstract|static) )*(class|record|interface|enum) )");

	private static final Pattern IMPORT = Pattern.compile("^import .*;$", Pattern.MULTILINE);

	/**
	 * Starts each class; the package is that of the store that the pages show.
	 */
	private static final String IMPORTS = """
			package io.modelcache.sample.store;
			import io.modelcache.*;
			import io.modelcache.autoconfigure.CachingModelCustomizer;
			import io.modelcache.chat.*;
			import io.modelcache.chat.semantic.*;
			import io.modelcache.embedding.*;
			import io.modelcache.key.Fingerprint;
			import io.modelcache.store.*;
			import io.modelcache.store.caffeine.CaffeineCacheStore;
			import io.modelcache.testing.TestClock;
			import java.nio.file.Path;
			import java.time.*;
			import java.util.*;
			import jakarta.servlet.http.HttpServletResponse;
			import org.jspecify.annotations.Nullable;
			import org.junit.jupiter.api.*;
			import org.junit.jupiter.api.io.TempDir;
			import org.springframework.ai.chat.client.ChatClient;
			import org.springframework.ai.chat.model.*;
			import org.springframework.ai.chat.prompt.*;
			import org.springframework.ai.document.Document;
			import org.springframework.ai.embedding.*;
			import org.springframework.ai.openai.*;
			import org.springframework.beans.factory.annotation.*;
			import org.springframework.boot.test.context.SpringBootTest;
			import org.springframework.context.annotation.*;
			import static org.assertj.core.api.Assertions.assertThat;
			""";

	/**
	 * What a block may use without saying where it comes from.
	 */
	private static final String NAMES = """
			ChatModel chatModel;
			ChatModel model;
			EmbeddingModel embeddingModel;
			ChatClient chatClient;
			ModelCacheManager modelCacheManager;
			CacheStore store;
			Prompt prompt;
			ChatResponse response;
			CacheStatus status;
			HttpServletResponse servletResponse;
			String q, question, text, secret;
			Path folder;
			List<Document> documents;
			""";

	/**
	 * Read the blocks of a page that are not marked.
	 * @param page the file
	 * @return the blocks
	 */
	public static Stream<CodeBlock> of(Path page) {
		String text = read(page);
		String name = page.getFileName().toString();
		return BLOCK.matcher(text)
			.results()
			.filter((match) -> match.group(1) == null)
			.map((match) -> new CodeBlock(name, lineOf(text, match), match.group(2)));
	}

	/**
	 * Write a class around the block.
	 * @param className the name of the class
	 * @return the source
	 */
	String source(String className) {
		String imports = IMPORT.matcher(this.code).results().map(MatchResult::group).collect(Collectors.joining("\n"));
		String body = IMPORT.matcher(this.code)
			.replaceAll("")
			.replace("{ … }", "{ throw new UnsupportedOperationException(); }");
		boolean members = MEMBER.matcher(body).find();
		return IMPORTS + imports + "\nclass " + className + " {\n" + NAMES
				+ (members ? body : "void run() throws Exception {\n" + body + "}\n") + "}\n";
	}

	private static int lineOf(String text, MatchResult match) {
		return (int) text.substring(0, match.start(2)).lines().count() + 1;
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
