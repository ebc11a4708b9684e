package io.modelcache.chat.semantic;

import java.util.LinkedHashMap;
import java.util.Map;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * The questions of stored answers that were read lately, each one once: the fingerprint
 * of an answer is one of its question too. Safe for use by several threads.
 */
final class ReadQuestions {

	private static final int KEPT = 10_000;

	private final QuestionReader reader;

	private final Map<Fingerprint, ReadQuestion> questions = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Fingerprint, ReadQuestion> eldest) {
			return size() > KEPT;
		}

	};

	ReadQuestions(QuestionReader reader) {
		this.reader = reader;
	}

	/**
	 * Remember a question that was read.
	 */
	synchronized void add(Fingerprint answer, ReadQuestion read) {
		this.questions.put(answer, read);
	}

	/**
	 * Read the question of a stored answer.
	 */
	ReadQuestion read(Fingerprint answer, String text) {
		ReadQuestion known = get(answer);
		if (known != null && known.text().equals(text)) {
			return known;
		}
		ReadQuestion read = this.reader.read(text);
		add(answer, read);
		return read;
	}

	private synchronized @Nullable ReadQuestion get(Fingerprint answer) {
		return this.questions.get(answer);
	}

}
