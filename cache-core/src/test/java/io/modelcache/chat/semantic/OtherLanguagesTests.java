package io.modelcache.chat.semantic;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that opposite questions in languages without guards are never taken for the same,
 * however near their vectors are.
 */
class OtherLanguagesTests {

	private final QuestionReader reader = new QuestionReader(SemanticRules.STANDARD);

	private final SemanticDecision decision = SemanticDecision.guarded(0.86, SemanticRules.STANDARD);

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "如何打开飞行模式 | 如何关闭飞行模式", "怎么开灯？ | 怎么关灯？", "如何增加体重？ | 如何减少体重？", "如何上传文件？ | 如何下载文件？",
					"怎样启用防火墙？ | 怎样禁用防火墙？", "如何买股票？ | 如何卖股票？", "这个合法吗？ | 这个不合法吗？", "为什么要结婚？ | 为什么要离婚？",
					"最好的电影是什么？ | 最差的电影是什么？", "怎样锁定屏幕？ | 怎样解锁屏幕？", "如何登录账户？ | 如何注销账户？", "从北京到上海要多久？ | 从上海到北京要多久？",
					"饭前吃药吗？ | 饭后吃药吗？", "如何加热牛奶？ | 如何冷却牛奶？", "左边是什么？ | 右边是什么？", "第一名是谁？ | 最后一名是谁？", "如何存款？ | 如何取款？",
					"如何连接网络？ | 如何断开网络？", "为什么喜欢雨？ | 为什么讨厌雨？", "如何安装软件？ | 如何卸载软件？" })
	void inChinese(String one, String other) {
		neverTheSame(one, other);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "비행기 모드를 어떻게 켜나요? | 비행기 모드를 어떻게 끄나요?", "불을 켜는 방법은? | 불을 끄는 방법은?", "체중을 늘리는 방법 | 체중을 줄이는 방법",
					"파일을 업로드하는 방법 | 파일을 다운로드하는 방법", "방화벽을 활성화하는 방법 | 방화벽을 비활성화하는 방법", "주식을 사는 방법 | 주식을 파는 방법",
					"이것은 합법인가요? | 이것은 불법인가요?", "왜 결혼하나요? | 왜 이혼하나요?", "최고의 영화는? | 최악의 영화는?",
					"화면을 잠그는 방법 | 화면 잠금을 푸는 방법", "로그인하는 방법 | 로그아웃하는 방법", "서울에서 부산까지 얼마나 걸리나요? | 부산에서 서울까지 얼마나 걸리나요?",
					"식사 전에 먹나요? | 식사 후에 먹나요?", "우유를 데우는 방법 | 우유를 식히는 방법", "왼쪽에 무엇이 있나요? | 오른쪽에 무엇이 있나요?",
					"첫 번째는 누구인가요? | 마지막은 누구인가요?", "입금하는 방법 | 출금하는 방법", "네트워크에 연결하는 방법 | 네트워크 연결을 끊는 방법",
					"왜 비를 좋아하나요? | 왜 비를 싫어하나요?", "프로그램을 설치하는 방법 | 프로그램을 제거하는 방법" })
	void inKorean(String one, String other) {
		neverTheSame(one, other);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "機内モードをオンにするには？ | 機内モードをオフにするには？", "電気をつける方法は？ | 電気を消す方法は？", "体重を増やすには？ | 体重を減らすには？",
					"ファイルをアップロードするには？ | ファイルをダウンロードするには？", "ファイアウォールを有効にするには？ | ファイアウォールを無効にするには？", "株を買うには？ | 株を売るには？",
					"これは合法ですか？ | これは違法ですか？", "なぜ結婚するのですか？ | なぜ離婚するのですか？", "最高の映画は？ | 最悪の映画は？",
					"画面をロックするには？ | 画面のロックを解除するには？", "ログインするには？ | ログアウトするには？", "東京から大阪までどのくらい？ | 大阪から東京までどのくらい？",
					"食前に飲みますか？ | 食後に飲みますか？", "牛乳を温めるには？ | 牛乳を冷やすには？", "左に何がありますか？ | 右に何がありますか？", "最初は誰ですか？ | 最後は誰ですか？",
					"入金するには？ | 出金するには？", "ネットワークに接続するには？ | ネットワークを切断するには？", "なぜ雨が好きですか？ | なぜ雨が嫌いですか？",
					"ソフトをインストールするには？ | ソフトをアンインストールするには？" })
	void inJapanese(String one, String other) {
		neverTheSame(one, other);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "Wie schalte ich den Flugmodus ein? | Wie schalte ich den Flugmodus aus?",
			"Wie mache ich das Licht an? | Wie mache ich das Licht aus?", "Wie nehme ich zu? | Wie nehme ich ab?",
			"Wie lade ich eine Datei hoch? | Wie lade ich eine Datei herunter?",
			"Firewall aktivieren | Firewall deaktivieren", "Wie kaufe ich Aktien? | Wie verkaufe ich Aktien?",
			"Ist das legal? | Ist das illegal?", "Warum heiraten Menschen? | Warum trennen sich Menschen?",
			"Was ist der beste Film? | Was ist der schlechteste Film?", "Bildschirm sperren | Bildschirm entsperren",
			"Wie melde ich mich an? | Wie melde ich mich ab?",
			"Wie weit ist es von Berlin nach Bonn? | Wie weit ist es von Bonn nach Berlin?",
			"Nimmt man es vor dem Essen? | Nimmt man es nach dem Essen?", "Milch erhitzen | Milch abkühlen",
			"Was ist links? | Was ist rechts?", "Wer war der erste? | Wer war der letzte?",
			"Geld einzahlen | Geld abheben", "WLAN verbinden | WLAN trennen",
			"Warum mag er Regen? | Warum hasst er Regen?", "Was kostet installieren? | Was kostet deinstallieren?" })
	void inGerman(String one, String other) {
		neverTheSame(one, other);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "Comment activer le mode avion ? | Comment désactiver le mode avion ?",
			"Comment allumer la lampe ? | Comment éteindre la lampe ?",
			"Comment prendre du poids ? | Comment perdre du poids ?",
			"Comment envoyer un fichier ? | Comment recevoir un fichier ?",
			"Activer le pare-feu | Désactiver le pare-feu",
			"Comment acheter des actions ? | Comment vendre des actions ?", "Est-ce légal ? | Est-ce illégal ?",
			"Pourquoi se marier ? | Pourquoi divorcer ?", "Quel est le meilleur film ? | Quel est le pire film ?",
			"Verrouiller un téléphone | Déverrouiller un téléphone",
			"Comment se connecter ? | Comment se déconnecter ?",
			"Combien de temps de Paris à Lyon ? | Combien de temps de Lyon à Paris ?",
			"Avant le repas ? | Après le repas ?", "Chauffer le lait | Refroidir le lait",
			"Qu'y a-t-il à gauche ? | Qu'y a-t-il à droite ?", "Qui est le premier ? | Qui est le dernier ?",
			"Comment on monte ? | Comment on descend ?", "Brancher la prise | Débrancher la prise",
			"Pourquoi aime-t-il la pluie ? | Pourquoi hait-il la pluie ?",
			"Installer un logiciel | Désinstaller un logiciel" })
	void inFrench(String one, String other) {
		neverTheSame(one, other);
	}

	private void neverTheSame(String one, String other) {
		ReadQuestion asked = this.reader.read(one);
		ReadQuestion cached = this.reader.read(other);
		assertThat(asked.exactOnly()).isEqualTo("language");
		assertThat(cached.exactOnly()).isEqualTo("language");
		assertThat(this.decision.decide(asked, cached, 1)).isEqualTo(Verdict.refusedBy("language"));
	}

}
