package io.modelcache.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.boot.json.JsonParserFactory;

/**
 * What an IDE reads of the properties: those of the code and those that are added by
 * hand, which the annotation processor has merged.
 */
final class Metadata {

	private final Map<String, Object> content;

	private Metadata(Map<String, Object> content) {
		this.content = content;
	}

	static Metadata read() throws IOException {
		try (InputStream in = Metadata.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			if (in == null) {
				throw new IllegalStateException("There is no metadata; compile the main code first");
			}
			return new Metadata(JsonParserFactory.getJsonParser().parseMap(new String(in.readAllBytes())));
		}
	}

	List<Map<String, Object>> properties() {
		return section("properties");
	}

	List<Map<String, Object>> hints() {
		return section("hints");
	}

	Set<String> names() {
		Set<String> names = new TreeSet<>();
		properties().forEach((property) -> names.add((String) property.get("name")));
		return names;
	}

	@SuppressWarnings("unchecked")
	private List<Map<String, Object>> section(String name) {
		return (List<Map<String, Object>>) this.content.get(name);
	}

}
