package io.modelcache.chat.semantic;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.modelcache.CacheStatus;
import io.modelcache.chat.CachingChatModel;
import io.modelcache.store.caffeine.CaffeineCacheStore;
import io.modelcache.testing.CountingChatModel;
import io.modelcache.testing.MeaningModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the whole semantic cache, as it is set up unless told otherwise, with an
 * embedding model that finds all texts the same: what does not hit here is refused by the
 * words alone.
 */
class GuardedCacheTests {

	private final MeaningModel meaning = new MeaningModel() {

		@Override
		public float[] vector(String text) {
			return new float[] { 1, 0, 0, 1 };
		}

	};

	private final CountingChatModel model = new CountingChatModel();

	private final CachingChatModel caching = CachingChatModel.builder(this.model)
		.store(CaffeineCacheStore.ofMaximumWeight(1_000_000))
		.cacheLayer(SemanticCaching.builder(this.meaning, "all-minilm-l6-v2").build())
		.build();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			What is the capital of France?           | What is the capital of Germany?
			How do I turn on airplane mode?          | How do I turn off airplane mode?
			How do I enable two-factor login?        | How do I disable two-factor login?
			How do I get from Paris to London?       | How do I get from London to Paris?
			How long does a train from A to B take?  | How long does a train from B to A take?
			What happens after 30 days?              | What happens after 60 days?
			What was invented in 1867?               | What was invented in 1876?
			How heavy is a load of 10 kg?            | How heavy is a load of 10 lb?
			Is sugar good for bees?                  | Is sugar not good for bees?
			Can a cat eat grapes?                    | Can a cat never eat grapes?
			What does `ls -a` print?                 | What does `ls -A` print?
			What does the flag --force do in git?    | What does the flag --force-with-lease do in git?
			What is 5 + 3?                           | What is 5 - 3?
			When is x > 3 true?                      | When is x < 3 true?
			What does != mean in Java?               | What does == mean in Java?
			What is .NET used for?                   | What is a net used for?
			How bright is a laser of 10 mW?          | How bright is a laser of 10 MW?
			What does the WHO do?                    | What does who do?
			What do Polish people eat?               | What do you polish shoes with?
			How much is 10² meters?                  | How much is 102 meters?
			Who won the match on 3 May 2019?         | Who won the match on 5 March 2019?
			""")
	void whatDiffersDoesNotHit(String one, String other) {
		ask(one);
		CacheStatus status = ask(other);
		assertThat(status.hit()).as("%s (%s)", status, other).isFalse();
		assertThat(ask(one).hit()).isTrue();
	}

	@ParameterizedTest
	@MethodSource("foreignPairs")
	void oppositesInOtherLanguagesDoNotHit(String one, String other) {
		ask(one);
		assertThat(ask(other).hit()).isFalse();
	}

	/**
	 * Twenty in each language: two verbs that are opposites, put before ten things, in
	 * two ways to ask.
	 */
	static Stream<Arguments> foreignPairs() {
		return Stream.of(
				pairs("如何%s%s？", List.of("打开", "关闭"), "飞行模式", "蓝牙", "通知", "定位", "热点", "夜间模式", "声音", "相机", "同步", "备份"),
				pairs("怎样%s%s？", List.of("启用", "禁用"), "飞行模式", "蓝牙", "通知", "定位", "热点", "夜间模式", "声音", "相机", "同步", "备份"),
				pairs("%2$s를 어떻게 %1$s?", List.of("켜나요", "끄나요"), "비행기 모드", "블루투스", "알림", "위치", "핫스팟", "소리", "카메라", "동기화",
						"와이파이", "진동"),
				pairs("%2$s을 %1$s 방법은?", List.of("여는", "닫는"), "창", "문", "상자", "앱", "계정", "뚜껑", "밸브", "서랍", "파일", "메뉴"),
				pairs("%2$sを%1$s方法は？", List.of("オンにする", "オフにする"), "機内モード", "通知", "位置情報", "音", "カメラ", "同期", "振動", "照明",
						"暖房", "録音"),
				pairs("どうやって%2$sを%1$sますか？", List.of("開け", "閉め"), "窓", "扉", "箱", "弁", "蓋", "引き出し", "カーテン", "門", "店",
						"缶"),
				pairs("Wie kann ich %2$s %1$s?", List.of("einschalten", "ausschalten"), "den Flugmodus", "das Licht",
						"den Ton", "die Kamera", "die Heizung", "das WLAN", "den Alarm", "die Ortung", "den Sender",
						"das Radio"),
				pairs("Darf man %2$s im Zug %1$s?", List.of("öffnen", "schließen"), "das Fenster", "die Tür",
						"den Koffer", "das Abteil", "die Klappe", "den Vorhang", "das Ventil", "die Dose", "den Kasten",
						"das Tor"),
				pairs("Comment puis-je %s %s ?", List.of("activer", "désactiver"), "le mode avion", "le son",
						"la caméra", "la localisation", "les notifications", "le partage", "la sauvegarde", "le réveil",
						"le chauffage", "la synchronisation"),
				pairs("Est-ce que je dois %s %s le soir ?", List.of("ouvrir", "fermer"), "la fenêtre", "la porte",
						"le robinet", "le portail", "les volets", "la boîte", "le garage", "le rideau", "le tiroir",
						"la valve"))
			.flatMap(List::stream)
			.map((pair) -> Arguments.of(pair.get(0), pair.get(1)));
	}

	private static List<List<String>> pairs(String pattern, List<String> opposites, String... things) {
		return Stream.of(things)
			.map((thing) -> opposites.stream().map((verb) -> pattern.formatted(verb, thing)).toList())
			.toList();
	}

	@Test
	void promptsWithTheSameBeginningAndDifferentEndsDoNotHit() {
		String beginning = IntStream.range(0, 130).mapToObj((i) -> "the word is here").collect(Collectors.joining(" "));
		ask("What is said in this text? " + beginning + " and the end is good");
		assertThat(ask("What is said in this text? " + beginning + " and the end is bad").hit()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			What is the boiling point of water?    | "  What  is the boiling point of water?  "
			What is the boiling point of water?    | What is the boiling point of water
			What is the boiling point of water?    | what is the boiling point of water?
			What is the boiling point of water?    | What's the boiling point of water?
			What is the boiling point of water?    | Please, what is the boiling point of water?
			What is the boiling point of water?    | Hello, what is the boiling point of water? Thanks!
			How many legs do two spiders have?     | How many legs do 2 spiders have?
			What is the best time to plant a tree? | What is the best time to plant a tree!
			""")
	void whatCannotMatterHitsWithoutAnEmbedding(String one, String other) {
		ask(one);
		int embedded = this.meaning.requests().size();
		CacheStatus status = ask(other);
		assertThat(status.layer()).as("%s", status).isEqualTo("canonical");
		assertThat(this.meaning.requests()).hasSize(embedded);
	}

	private CacheStatus ask(String question) {
		ChatResponse response = this.caching.call(new Prompt(question));
		return CacheStatus.of(response);
	}

}
