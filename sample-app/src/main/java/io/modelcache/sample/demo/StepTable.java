package io.modelcache.sample.demo;

import java.util.List;
import java.util.Locale;

/**
 * Writes the steps of scenes as a table for the console.
 */
final class StepTable {

	private static final String HEADER = "%-44s %14s  %-16s".formatted("scene", "time", "provider");

	private StepTable() {
	}

	static String of(List<Step> steps) {
		StringBuilder table = new StringBuilder();
		line(table, HEADER);
		line(table, "-".repeat(HEADER.length()));
		steps.forEach((step) -> line(table,
				String.format(Locale.ROOT, "%-44s %,11.2f ms  %s", step.name(), step.millis(), step.outcome())));
		return table.toString();
	}

	private static void line(StringBuilder table, String text) {
		table.append("  ").append(text.stripTrailing()).append(System.lineSeparator());
	}

}
