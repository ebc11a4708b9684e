package io.modelcache.chat.semantic;

import java.util.HashMap;
import java.util.Map;

/**
 * Words of one family that exclude each other: a question about one is never a question
 * about another.
 */
final class Siblings {

	private static final Map<String, Integer> FAMILIES = families();

	private Siblings() {
	}

	/**
	 * Return the family of a stem.
	 * @param stem the stem
	 * @return its number, or 0 if it has none
	 */
	static int familyOf(String stem) {
		return FAMILIES.getOrDefault(stem, 0);
	}

	private static Map<String, Integer> families() {
		Map<String, Integer> families = new HashMap<>();
		int number = 0;
		for (String line : LINES.strip().split("\\R")) {
			number++;
			for (String word : line.strip().split("\\s+")) {
				families.putIfAbsent(Stems.of(word), number);
			}
		}
		return Map.copyOf(families);
	}

	private static final String LINES = """
			monday tuesday wednesday thursday friday saturday sunday
			january february march april june july august september october november december
			second minute hour day week month quarter year decade century
			daily weekly monthly quarterly yearly annual
			today tomorrow yesterday tonight
			red green blue yellow orange purple pink black white gray brown
			north south east west
			spring summer autumn winter
			africa asia europe australia antarctica
			english french german spanish italian portuguese dutch russian chinese japanese korean hindi arabic turkish polish
			breakfast lunch dinner
			dog cat horse cow pig bird fish
			java python javascript ruby php perl swift kotlin rust scala
			mercury venus mars jupiter saturn uranus neptune pluto
			gold silver platinum bronze copper
			freshman sophomore junior senior
			kindergarten elementary undergraduate graduate
			bachelor master doctorate phd
			meter centimeter millimeter kilometer mile foot inch yard
			gram kilogram milligram pound ounce ton
			dollar euro pound yen rupee yuan
			celsius fahrenheit kelvin
			json xml yaml csv html markdown
			table list paragraph essay poem bullet
			windows linux mac ubuntu
			android iphone
			iphone ipad macbook
			heart lung liver kidney brain stomach
			arm leg hand foot knee elbow shoulder ankle wrist
			""";

}
