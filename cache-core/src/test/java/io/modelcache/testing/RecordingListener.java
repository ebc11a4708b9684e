package io.modelcache.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.modelcache.CacheListener;
import io.modelcache.CacheOperation;
import io.modelcache.CacheStatus;
import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Writes down in short words what a cache tells.
 */
public final class RecordingListener implements CacheListener {

	private final List<String> events = new CopyOnWriteArrayList<>();

	/**
	 * Return what was told so far.
	 * @return words such as {@code hit} or {@code reject:too-large}, in order
	 */
	public List<String> events() {
		return this.events;
	}

	@Override
	public void onHit(String cache, CacheStatus status) {
		this.events.add("hit");
	}

	@Override
	public void onMiss(String cache, CacheStatus status) {
		this.events.add("miss");
	}

	@Override
	public void onBypass(String cache, CacheStatus status) {
		this.events.add("bypass:" + status.detail());
	}

	@Override
	public void onStore(String cache, Fingerprint key, int bytes) {
		this.events.add("store");
	}

	@Override
	public void onReject(String cache, String reason) {
		this.events.add("reject:" + reason);
	}

	@Override
	public void onFailure(String cache, CacheOperation operation, Throwable failure) {
		this.events.add("failure:" + operation);
	}

	@Override
	public void onRefusal(String cache, String guard, double similarity) {
		this.events.add("refusal:" + guard);
	}

	@Override
	public void onShadowCheck(String cache, double similarity, boolean right) {
		this.events.add("shadow:" + (right ? "right" : "wrong"));
	}

	@Override
	public void onQuestionEmbedded(String cache, @Nullable String model, long tokens) {
		this.events.add("embedded:" + tokens);
	}

}
