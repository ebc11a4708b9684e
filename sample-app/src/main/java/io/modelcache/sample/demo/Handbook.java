package io.modelcache.sample.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.springframework.ai.document.Document;
import org.springframework.ai.transformer.splitter.TokenTextSplitter;

/**
 * A text generated for the demonstration, more than 100 kB long and always the same: the
 * handbook of 64 devices, a section for each.
 */
final class Handbook {

	private static final int LENGTH = 1_600;

	private static final List<String> COLORS = List.of("amber", "azure", "coral", "ebony", "ivory", "olive", "scarlet",
			"violet");

	private static final List<String> DEVICES = List.of("pump", "lathe", "kiln", "crane", "loom", "press", "boiler",
			"turbine");

	private static final List<String> VERBS = List.of("clean", "tighten", "replace", "inspect", "grease", "align");

	private static final List<String> PARTS = List.of("filter", "valve", "bearing", "gasket", "sensor", "belt", "hose",
			"switch");

	private static final List<String> TIMES = List.of("day", "week", "month", "summer", "shift", "hundred hours");

	private Handbook() {
	}

	/**
	 * Return the sections. Each has an id that is the same every time: a splitter puts it
	 * into the metadata of the pieces, and metadata is part of what is embedded.
	 */
	static List<Document> sections() {
		List<Document> sections = new ArrayList<>();
		for (String device : DEVICES) {
			for (String color : COLORS) {
				String name = color + " " + device;
				sections.add(Document.builder()
					.id("handbook-" + sections.size())
					.text(section(name, new SplittableRandom(sections.size())))
					.metadata(Map.of("title", "The " + name))
					.build());
			}
		}
		return sections;
	}

	/**
	 * Return what is ingested: the sections, split where they are too long.
	 */
	static List<Document> documents() {
		return TokenTextSplitter.builder().build().split(sections());
	}

	/**
	 * Return the length of all sections in bytes.
	 */
	static int length() {
		return sections().stream()
			.mapToInt((section) -> String.valueOf(section.getText()).getBytes(StandardCharsets.UTF_8).length)
			.sum();
	}

	private static String section(String name, SplittableRandom random) {
		StringBuilder text = new StringBuilder("This section is about the %s.".formatted(name));
		while (text.length() < LENGTH) {
			text.append(" Every %s, %s the %s of the %s; if it is worn, %s the %s too.".formatted(any(TIMES, random),
					any(VERBS, random), any(PARTS, random), name, any(VERBS, random), any(PARTS, random)));
		}
		return text.toString();
	}

	private static String any(List<String> words, SplittableRandom random) {
		return words.get(random.nextInt(words.size()));
	}

}
