package io.modelcache.embedding;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which model has answered each kind of request last, so that vectors of two models are
 * never mixed.
 * <p>
 * A provider may answer by another model than the one that was asked: because the name is
 * an alias that moves, or because a gateway has several to choose from. Safe for use by
 * several threads.
 */
final class AnsweringModels {

	private static final Logger logger = LoggerFactory.getLogger(AnsweringModels.class);

	/**
	 * Options that differ from call to call must not fill the heap.
	 */
	private static final int LIMIT = 1_000;

	private final String cache;

	private final ConcurrentMap<Fingerprint, AnsweringModel> latest = new ConcurrentHashMap<>();

	private final AtomicBoolean surprised = new AtomicBoolean();

	private final AtomicInteger changes = new AtomicInteger();

	AnsweringModels(String cache) {
		this.cache = cache;
	}

	/**
	 * Return which model has answered last.
	 * @return the model, or {@code null} if none has since this process started
	 */
	@Nullable AnsweringModel latest(ModelRequest request) {
		return this.latest.get(request.fingerprint());
	}

	/**
	 * Hear that a model has answered.
	 */
	void hear(ModelRequest request, AnsweringModel model) {
		if (this.latest.size() >= LIMIT) {
			this.latest.clear();
		}
		AnsweringModel before = this.latest.put(request.fingerprint(), model);
		if (before != null && !before.isSame(model)) {
			tellOfChange(before, model);
		}
		else if (before == null && !model.answersFor(request.model()) && this.surprised.compareAndSet(false, true)) {
			logger.info("Embeddings of '{}' were asked of model '{}', and '{}' answered: they are kept as its vectors",
					this.cache, request.model(), model.name());
		}
	}

	int size() {
		return this.latest.size();
	}

	/**
	 * Say it at the first change, the second, the fourth and so on.
	 */
	private void tellOfChange(AnsweringModel before, AnsweringModel now) {
		int count = this.changes.incrementAndGet();
		if (Integer.bitCount(count) == 1) {
			logger
				.warn("Embeddings of '{}' are now answered by model '{}' ({} dimensions) instead of '{}' ({}), change "
						+ "number {}. Vectors of the two cannot be compared, so those of the other model are asked again "
						+ "when they are needed. The vector stores of the application may hold them still", this.cache,
						now.name(), now.dimensions(), before.name(), before.dimensions(), count);
		}
	}

}
