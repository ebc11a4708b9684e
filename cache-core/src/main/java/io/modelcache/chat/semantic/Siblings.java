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
		for (String line : LINES.strip().lines().toList()) {
			number++;
			for (String word : WordList.inOrder(line)) {
				families.putIfAbsent(Stems.of(word), number);
			}
		}
		return Map.copyOf(families);
	}

	private static final String LINES = """
			monday tuesday wednesday thursday friday saturday sunday
			january february march april may june july august september october november december
			second minute hour day week month quarter year decade century
			daily weekly monthly quarterly yearly annual
			today tomorrow yesterday tonight
			red green blue yellow orange purple pink black white gray brown
			north south east west
			spring summer autumn winter
			africa asia europe antarctica
			afghanistan albania algeria argentina armenia australia austria azerbaijan bangladesh belarus belgium bolivia
			brazil bulgaria cambodia cameroon canada chile china colombia croatia cuba cyprus czechia denmark ecuador
			egypt england estonia ethiopia finland france georgia germany ghana greece guatemala haiti honduras hungary
			iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya korea kuwait
			laos latvia lebanon libya lithuania luxembourg malaysia malta mexico moldova mongolia montenegro morocco
			myanmar nepal netherlands nicaragua nigeria norway pakistan panama paraguay peru philippines poland portugal
			qatar romania russia rwanda scotland senegal serbia singapore slovakia slovenia somalia spain sudan sweden
			switzerland syria taiwan tanzania thailand tunisia turkey uganda ukraine uruguay usa venezuela vietnam wales
			yemen zambia zimbabwe
			amsterdam athens bangkok barcelona beijing berlin boston brussels budapest cairo chennai chicago copenhagen
			delhi dubai dublin florence frankfurt geneva hamburg helsinki hyderabad istanbul jakarta karachi kolkata
			lisbon london madrid manila melbourne miami milan moscow mumbai munich nairobi naples oslo paris prague rome
			seattle seoul shanghai stockholm sydney tokyo toronto vancouver venice vienna warsaw zurich
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
