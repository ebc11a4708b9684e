package io.modelcache.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.modelcache.chat.semantic.Calibration;
import io.modelcache.chat.semantic.LabelledPair;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParser;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Prints which threshold fits the application's embedding model, by labelled pairs of
 * questions, and ends the application.
 */
final class CalibrationRunner implements ApplicationRunner {

	static final String PROPERTY = "modelcache.semantic.calibrate";

	private final SemanticLayer semantic;

	private final ModelCacheProperties properties;

	private final ConfigurableApplicationContext context;

	private final JsonParser parser = JsonParserFactory.getJsonParser();

	CalibrationRunner(SemanticLayer semantic, ModelCacheProperties properties, ConfigurableApplicationContext context) {
		this.semantic = semantic;
		this.properties = properties;
		this.context = context;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		SemanticProperties settings = this.properties.semantic();
		List<LabelledPair> pairs = read(String.valueOf(settings.calibrate()));
		Calibration calibration = calibrate(pairs, settings);
		System.out.printf("%n%,d pairs, %s decision, at most %s of the hits wrong:%n%n%s%n", pairs.size(),
				settings.guarded() ? "guarded" : "threshold", settings.maxErrorRate(), calibration.report());
		SpringApplication.exit(this.context);
	}

	private Calibration calibrate(List<LabelledPair> pairs, SemanticProperties settings) {
		try {
			return Calibration.of(pairs, this.semantic.embeddingModel(PROPERTY), SemanticLayer.rules(settings),
					settings.guarded(), settings.maxErrorRate());
		}
		catch (IllegalArgumentException ex) {
			throw refused(String.valueOf(settings.calibrate()), ex.getMessage() + ".");
		}
	}

	private List<LabelledPair> read(String file) {
		List<String> lines;
		try {
			lines = Files.readAllLines(Path.of(file));
		}
		catch (IOException | IllegalArgumentException ex) {
			throw refused(file, "It cannot be read: write the path of a file.");
		}
		List<LabelledPair> pairs = new ArrayList<>();
		for (int i = 0; i < lines.size(); i++) {
			if (!lines.get(i).isBlank()) {
				pairs.add(pair(file, i + 1, lines.get(i)));
			}
		}
		return pairs;
	}

	private LabelledPair pair(String file, int number, String line) {
		try {
			Map<String, Object> fields = this.parser.parseMap(line);
			if (fields.get("query_a") instanceof String one && fields.get("query_b") instanceof String other) {
				Object equivalent = fields.get("equivalent");
				return new LabelledPair(one, other, Boolean.TRUE.equals(equivalent)
						|| (equivalent instanceof Number label && label.intValue() == 1));
			}
		}
		catch (JsonParseException ex) {
			// said below, without the line, for it may quote somebody
		}
		throw refused(file, """
				Line %d should be like {"query_a": "…", "query_b": "…", "equivalent": 1}.""".formatted(number));
	}

	private static InvalidConfigurationPropertyValueException refused(String file, String why) {
		return new InvalidConfigurationPropertyValueException(PROPERTY, file, why);
	}

}
