package io.modelcache.chat.semantic;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.modelcache.CacheOperation;
import io.modelcache.CacheStatus;
import io.modelcache.CacheStatus.Forward;
import io.modelcache.CachedEntry;
import io.modelcache.CachedValue;
import io.modelcache.EntryTerms;
import io.modelcache.chat.ChatAnswer;
import io.modelcache.chat.ChatCache;
import io.modelcache.chat.ChatCacheContext;
import io.modelcache.chat.ChatLookup;
import io.modelcache.chat.ChatRequest;
import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * Finds the answer to a question that means the same: the very same one first, then one
 * in the same words but for what cannot matter, then one in words that have led to an
 * answer before, and at last the nearest one that no guard speaks against.
 */
final class SemanticChatCache implements ChatCache {

	static final String CANONICAL = "canonical";

	static final String ALIAS = "alias";

	static final String SEMANTIC = "semantic";

	static final Set<String> LAYERS = Set.of(CANONICAL, ALIAS, SEMANTIC);

	/**
	 * The guards refuse more than one in two, so the second may be the one.
	 */
	private static final int CANDIDATES = 5;

	private final ChatCache exact;

	private final ChatCacheContext context;

	private final QuestionAdmission admission;

	private final Wordings wordings;

	private final QuestionIndex index;

	private final ReadQuestions questions;

	private final AnswerCheck check;

	private final Strictness strictness;

	private final ShadowChecks shadow;

	private final SemanticMemory memory;

	private final RecentHits hits;

	SemanticChatCache(ChatCache exact, ChatCacheContext context, SemanticCaching.Builder settings,
			SemanticMemory memory) {
		this.exact = exact;
		this.context = context;
		this.admission = new QuestionAdmission(context, settings, memory.vectors());
		this.wordings = new Wordings(context);
		this.memory = memory;
		this.index = memory.index();
		this.strictness = memory.strictness();
		this.questions = memory.questions();
		this.hits = memory.hits();
		this.check = new AnswerCheck(context, this.wordings, this.questions, this.strictness, settings.verifiers);
		this.shadow = new ShadowChecks(context, settings.shadowRate, settings.dice, settings.judge(context),
				this.strictness);
	}

	@Override
	public ChatLookup find(ChatRequest request) {
		ChatLookup same = this.exact.find(request);
		if (same.answer() != null) {
			return same;
		}
		AskedQuestion asked = this.admission.admit(request);
		if (asked == null) {
			return same;
		}
		ChatLookup open = same.at(new SemanticPlace(this, asked));
		if (same.status().forward() != Forward.MISS) {
			return open;
		}
		try {
			return findOther(asked, open);
		}
		catch (Throwable ex) {
			this.context.failures().report(CacheOperation.POLICY, ex);
			return open;
		}
	}

	@Override
	public ChatLookup findAgain(ChatRequest request, ChatLookup before) {
		return this.exact.findAgain(request, before).at(before.place());
	}

	/**
	 * The embedding model may be asked.
	 */
	@Override
	public boolean blocking() {
		return true;
	}

	ChatCacheContext context() {
		return this.context;
	}

	SemanticMemory memory() {
		return this.memory;
	}

	WrongHitShare share() {
		return this.strictness.share();
	}

	/**
	 * Note what leads to an answer that was just stored. That may fail.
	 */
	void learn(AskedQuestion asked, StoredEntry stored) {
		try {
			note(asked, stored);
		}
		catch (Throwable ex) {
			this.context.failures().report(CacheOperation.POLICY, ex);
		}
	}

	private void note(AskedQuestion asked, StoredEntry stored) {
		AskedQuestion.Place place = asked.read().canonicalOnly() == null ? asked.place() : null;
		EntryTerms terms = asked.request().terms().withQuestion(null);
		Fingerprint answer = stored.fingerprint();
		this.questions.add(answer, asked.read());
		this.wordings.put(asked.wordingKey(), new KnownWording((place != null) ? place.partition() : answer, answer,
				this.wordings.version(stored), 1, (place != null && this.index.keepsVectors()) ? place.vector() : null),
				terms);
		if (place != null) {
			this.index.add(place, stored);
		}
	}

	/**
	 * Remove an answer that was wrong, and all that leads to it.
	 */
	void forget(RecentHits.Hit hit) {
		KnownWording wording = hit.wording();
		this.wordings.raiseFloor(wording.answer(), hit.scope(), wording.similarity());
		this.wordings.evict(hit.wordingKey());
		this.context.answers().evict(wording.answer());
		this.index.remove(wording.partition(), wording.answer());
		this.hits.remove(hit.wordingKey().id());
	}

	RecentHits.@Nullable Hit recentHit(String id) {
		return this.hits.get(id);
	}

	/**
	 * Walk over the store to find what was given longer ago or by another instance.
	 */
	RecentHits.@Nullable Hit storedHit(String id) {
		return this.wordings.search(id);
	}

	@Nullable String question(RecentHits.Hit hit) {
		CachedEntry<ChatAnswer> found = this.context.answers().find(hit.wording().answer(), hit.scope());
		return (found != null) ? found.entry().question() : null;
	}

	private ChatLookup findOther(AskedQuestion asked, ChatLookup open) {
		Refusal refusal = new Refusal(this.context);
		KnownWording wording = this.wordings.get(asked.wordingKey(), asked.scope());
		FoundAnswer known = (wording != null) ? this.check.byWording(asked, wording) : null;
		if (wording != null && known != null) {
			if (known.serves()) {
				return hit(asked, wording, known, wording.original() ? CANONICAL : ALIAS, open);
			}
			refusal.add(known);
		}
		ChatLookup near = (asked.read().canonicalOnly() == null)
				? findNear(asked, open, refusal, (known != null) ? known.found().entry().fingerprint() : null) : null;
		return (near != null) ? near : open.with(refusal.on(open.status()));
	}

	private @Nullable ChatLookup findNear(AskedQuestion asked, ChatLookup open, Refusal refusal,
			@Nullable Fingerprint refused) {
		AskedQuestion.Place place = asked.place();
		if (place == null) {
			return null;
		}
		double threshold = this.strictness.decision().threshold();
		for (SemanticIndex.Match match : this.index.nearest(place, CANDIDATES)) {
			if (match.similarity() < threshold) {
				break;
			}
			if (match.key().equals(refused)) {
				continue;
			}
			FoundAnswer found = this.check.byNearness(asked, match);
			if (found == null) {
				if (this.context.answers().isUnreadable(match.key())) {
					break;
				}
				this.index.missing(place.partition(), match.key());
			}
			else if (found.serves()) {
				return accept(asked, place, found, open);
			}
			else {
				refusal.add(found);
			}
		}
		return null;
	}

	/**
	 * The wording leads to the answer from now on without an embedding.
	 */
	private ChatLookup accept(AskedQuestion asked, AskedQuestion.Place place, FoundAnswer found, ChatLookup open) {
		StoredEntry entry = found.found().entry();
		KnownWording wording = new KnownWording(place.partition(), entry.fingerprint(), this.wordings.version(entry),
				Math.min(found.similarity(), Math.nextDown(1.0)), null);
		if (asked.request().directives().mayStore()) {
			this.wordings.put(asked.wordingKey(), wording,
					new EntryTerms(asked.scope(), found.found().cached().ttl(), Duration.ZERO, entry.tags()));
		}
		return hit(asked, wording, found, SEMANTIC, open);
	}

	private ChatLookup hit(AskedQuestion asked, KnownWording wording, FoundAnswer found, String layer,
			ChatLookup open) {
		CachedValue<ChatAnswer> cached = found.found().cached();
		RecentHits.Hit hit = new RecentHits.Hit(asked.wordingKey(), wording, asked.scope());
		this.hits.add(hit);
		CacheStatus status = CacheStatus.hit(layer, asked.wordingKey(), cached.age(), cached.ttl());
		if (!wording.original()) {
			status = status.withSimilarity(wording.similarity());
			this.shadow.consider(asked.request(), asked.read().text(), cached.value().response(), wording.similarity(),
					() -> forget(hit));
		}
		return ChatLookup.answered(cached.value(), status, open.place());
	}

}
