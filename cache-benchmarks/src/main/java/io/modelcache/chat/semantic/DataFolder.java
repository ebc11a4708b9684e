package io.modelcache.chat.semantic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder with the questions to measure on, which are not part of the project.
 *
 * @param path the folder
 */
record DataFolder(Path path) {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String ABSENT = """
			There is no data to measure on. Give a folder by -Dmodelcache.data=... that holds any of
			  pairs_*.jsonl   {"query_a": "...", "query_b": "...", "equivalent": 0 or 1, "source": "...", "disputed": false}
			  stream_*.jsonl  {"text": "...", "cluster": "..."} in order of arrival; one answer serves a cluster
			The Quora Question Pairs and banking77 are public and easily brought into this form.
			""";

	/**
	 * Find the folder.
	 * @return the folder
	 * @throws IllegalStateException with how to get such data, if there is none
	 */
	static DataFolder find() {
		String given = System.getProperty("modelcache.data", "");
		List<Path> places = !given.isEmpty() ? List.of(Path.of(given))
				: List.of(Path.of("../shared/data"), Path.of("../../shared/data"));
		return places.stream()
			.filter(Files::isDirectory)
			.findFirst()
			.map(DataFolder::new)
			.orElseThrow(() -> new IllegalStateException(ABSENT));
	}

	List<Path> files(String prefix) {
		try (Stream<Path> files = Files.list(this.path)) {
			return files.filter((file) -> file.getFileName().toString().startsWith(prefix))
				.filter((file) -> file.toString().endsWith(".jsonl"))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<JsonNode> rows(Path file) {
		try (Stream<String> lines = Files.lines(file)) {
			return lines.filter((line) -> !line.isBlank()).map(JSON::readTree).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
