package io.modelcache.sample.demo;

import java.util.List;
import java.util.Locale;

/**
 * Writes questions asked twice as a table for the console.
 */
final class TwiceTable {

	private static final String HEADER = "%-28s %17s %17s %12s".formatted("question", "first call", "second call",
			"factor");

	private TwiceTable() {
	}

	static String of(List<Twice> questions) {
		StringBuilder table = new StringBuilder();
		line(table, HEADER);
		line(table, "-".repeat(HEADER.length()));
		questions.forEach((question) -> line(table, row(question)));
		return table.toString();
	}

	private static String row(Twice question) {
		return String.format(Locale.ROOT, "%-28s %17s %17s %,10.0f x", question.kind(), call(question.first()),
				call(question.second()), question.factor());
	}

	private static String call(Twice.Call call) {
		return String.format(Locale.ROOT, "%,.2f ms  %-4s", call.millis(), call.outcome());
	}

	private static void line(StringBuilder table, String text) {
		table.append("  ").append(text).append(System.lineSeparator());
	}

}
