package io.modelcache.chat;

import io.modelcache.CacheDecision;
import io.modelcache.CacheListener;
import io.modelcache.CacheStatus;
import io.modelcache.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of an answer of the model, and keeps it.
 */
final class ChatKeeper {

	private final String name;

	private final ChatAdmission admission;

	private final CacheListener listener;

	ChatKeeper(String name, ChatAdmission admission, CacheListener listener) {
		this.name = name;
		this.admission = admission;
		this.listener = listener;
	}

	/**
	 * Keep an answer, if the policies and the call allow it.
	 * @param request what was asked
	 * @param lookup the open place
	 * @param answer what the model answered, or {@code null} if it gave none
	 * @return what became of it
	 */
	Kept keep(ChatRequest request, ChatLookup lookup, @Nullable ChatAnswer answer) {
		if (answer == null) {
			return new Kept(lookup.status(), null);
		}
		CacheDecision decision = this.admission.mayKeep(request.prompt(), answer.response());
		if (decision.reason() != null) {
			this.listener.onReject(this.name, decision.reason());
			return new Kept(lookup.status().withDetail(decision.reason()), null);
		}
		if (!request.directives().mayStore()) {
			return new Kept(lookup.status().withDetail("no-store"), null);
		}
		Snapshot<ChatAnswer> snapshot = lookup.snapshot(answer);
		return (snapshot != null) ? new Kept(lookup.remember(snapshot), snapshot)
				: new Kept(lookup.status().withDetail("not-stored"), null);
	}

	/**
	 * What became of an answer.
	 *
	 * @param status the status of the call
	 * @param snapshot a picture of the answer, if others may have it
	 */
	record Kept(CacheStatus status, @Nullable Snapshot<ChatAnswer> snapshot) {

		Landing landing() {
			return (this.snapshot != null) ? new Landing.Shared(this.snapshot, this.status) : new Landing.Unfit();
		}

	}

}
