package io.modelcache.sample.demo;

import java.util.List;
import java.util.Locale;

/**
 * Writes documents ingested twice as a table for the console.
 */
final class IngestedTable {

	private static final String HEADER = "%-22s %21s  %21s %9s".formatted("ingestion", "first time", "second time",
			"factor");

	private IngestedTable() {
	}

	static String of(List<Ingested> ingestions) {
		StringBuilder table = new StringBuilder();
		line(table, HEADER);
		line(table, "-".repeat(HEADER.length()));
		ingestions.forEach((ingested) -> line(table, row(ingested)));
		return table.toString();
	}

	private static String row(Ingested ingested) {
		return String.format(Locale.ROOT, "%-22s %21s  %21s %,7.0f x", ingested.way(), time(ingested.first()),
				time(ingested.second()), ingested.factor());
	}

	private static String time(Ingested.Time time) {
		String calls = (time.calls() >= 0) ? "%2d calls".formatted(time.calls()) : "?? calls";
		return String.format(Locale.ROOT, "%,.2f ms  %s", time.millis(), calls);
	}

	private static void line(StringBuilder table, String text) {
		table.append("  ").append(text).append(System.lineSeparator());
	}

}
