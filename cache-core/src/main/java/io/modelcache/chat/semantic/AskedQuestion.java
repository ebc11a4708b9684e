package io.modelcache.chat.semantic;

import io.modelcache.chat.ChatCacheContext;
import io.modelcache.chat.ChatRequest;
import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * The question of one request: what is computed of it on the way, each thing once. For
 * use by one thread at a time.
 */
final class AskedQuestion {

	private static final int VERSION = 1;

	private final ChatRequest request;

	private final ReadQuestion read;

	private final ChatCacheContext context;

	private final QuestionVectors vectors;

	private final String embeddingModel;

	private final Fingerprint setting;

	private final Fingerprint wordingKey;

	private volatile @Nullable Place place;

	private volatile boolean embedded;

	AskedQuestion(ChatRequest request, ReadQuestion read, ChatCacheContext context, QuestionVectors vectors,
			String embeddingModel) {
		this.request = request.withStoredQuestion(read.text());
		this.read = read;
		this.context = context;
		this.vectors = vectors;
		this.embeddingModel = embeddingModel;
		this.setting = context.setting(request);
		this.wordingKey = context.form("chat-wording", VERSION)
			.fingerprint("setting", this.setting)
			.text("wording", read.canonical())
			.fingerprint();
	}

	ChatRequest request() {
		return this.request;
	}

	ReadQuestion read() {
		return this.read;
	}

	/**
	 * Return the key of the wording, the same for all that have the canonical form.
	 */
	Fingerprint wordingKey() {
		return this.wordingKey;
	}

	Fingerprint scope() {
		return this.request.terms().scope();
	}

	/**
	 * Tell whether a stored answer is one to this question if that is put in other words:
	 * everything but the words is the same.
	 */
	boolean isAsked(Fingerprint answer, String otherWords) {
		return this.context.fingerprint(this.request, otherWords).equals(answer);
	}

	/**
	 * Return where the question is among others. The embedding model is asked for that
	 * the first time.
	 * @return the place, or {@code null} if that failed
	 */
	@Nullable Place place() {
		if (!this.embedded) {
			this.embedded = true;
			float[] vector = this.vectors.of(this.read.text());
			this.place = (vector != null) ? new Place(partition(vector.length), vector) : null;
		}
		return this.place;
	}

	private Fingerprint partition(int dimensions) {
		return this.context.form("chat-partition", VERSION)
			.fingerprint("setting", this.setting)
			.text("embeddingModel", this.embeddingModel)
			.integer("dimensions", dimensions)
			.fingerprint();
	}

	/**
	 * Where a question is among others.
	 *
	 * @param partition the others of the same setting, by the same embedding model
	 * @param vector its vector
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared
	record Place(Fingerprint partition, float[] vector) {

	}

}
