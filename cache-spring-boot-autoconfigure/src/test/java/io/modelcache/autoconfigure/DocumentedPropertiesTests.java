package io.modelcache.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Tests the {@code yaml} blocks of the documentation: each property of ours exists, and
 * its value is one that the application would start with.
 */
class DocumentedPropertiesTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern BLOCK = Pattern.compile("^```yaml\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Predicate<String> OF_ONE_BEAN = Pattern.compile("modelcache\\.models\\.[^.]+\\.(.+)")
		.asMatchPredicate();

	@Test
	void everyPropertyExists() throws IOException {
		Set<String> names = Metadata.read().names();
		List<String> unknown = new ArrayList<>();
		int known = 0;
		for (Block block : blocks()) {
			for (String name : block.properties().stringPropertyNames()) {
				if (!name.startsWith("modelcache.") || exists(name, names)) {
					known++;
				}
				else {
					unknown.add(block.page() + ": " + name);
				}
			}
		}
		assertThat(unknown).isEmpty();
		assertThat(known).isGreaterThan(30);
	}

	@Test
	void everyValueIsOneToStartWith() {
		assertThat(blocks()).allSatisfy((block) -> assertThatCode(() -> bind(block)).doesNotThrowAnyException());
	}

	private static boolean exists(String name, Set<String> names) {
		return names.contains(name) || name.startsWith("modelcache.prices")
				|| (OF_ONE_BEAN.test(name) && PropertyAppendix.ownOfModel().contains(name.split("\\.", 4)[3]));
	}

	private static void bind(Block block) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new PropertiesPropertySource("page", block.properties()));
		ModelCacheProperties.from(environment);
	}

	private static List<Block> blocks() {
		try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
			List<Path> pages = docs.filter((file) -> file.toString().endsWith(".md")).sorted().toList();
			return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages.stream())
				.flatMap(DocumentedPropertiesTests::blocks)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Block> blocks(Path page) {
		try {
			String name = page.getFileName().toString();
			return BLOCK.matcher(Files.readString(page))
				.results()
				.map((match) -> new Block(name, match.group(1)))
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A block of a page.
	 *
	 * @param page the name of the file
	 * @param yaml what is in it
	 */
	private record Block(String page, String yaml) {

		Properties properties() {
			YamlPropertiesFactoryBean factory = new YamlPropertiesFactoryBean();
			factory.setResources(new ByteArrayResource(yaml().getBytes(StandardCharsets.UTF_8)));
			Properties properties = factory.getObject();
			return (properties != null) ? properties : new Properties();
		}

		/**
		 * Show where the block is, not all of it.
		 */
		@Override
		public String toString() {
			return this.page + ": " + this.yaml.lines().limit(3).toList();
		}

	}

}
