package io.modelcache.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.modelcache.CacheListener;
import io.modelcache.CacheOperation;
import io.modelcache.CacheStatus;
import io.modelcache.SavedCall;
import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Writes down in short words what a cache tells.
 */
public final class RecordingListener implements CacheListener {

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final List<String> figures = new CopyOnWriteArrayList<>();

	/**
	 * Return what was told so far of the work that was done or saved.
	 * @return words such as {@code model-call}, in order
	 */
	public List<String> figures() {
		return this.figures;
	}

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
	public void onExactOnly(String cache, String reason) {
		this.events.add("exact-only:" + reason);
	}

	@Override
	public void onLookup(String cache, String layer, CacheStatus status, long nanos) {
		this.figures.add("lookup:" + layer + ":" + (status.hit() ? "hit" : status.forward()));
	}

	@Override
	public void onModelCall(String cache) {
		this.figures.add("model-call");
	}

	@Override
	public void onSaved(String cache, CacheStatus status, SavedCall saved) {
		this.figures.add("saved:%s:%d:%d".formatted(saved.model(), saved.inputTokens(), saved.outputTokens()));
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
