package io.modelcache.chat.semantic;

import java.time.Duration;
import java.util.List;

import io.modelcache.CacheOperation;
import io.modelcache.CachedEntry;
import io.modelcache.chat.ChatAnswer;
import io.modelcache.chat.ChatCacheContext;
import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a stored answer that was made for another wording: whether it is what it was
 * taken for, and whether it serves.
 */
final class AnswerCheck {

	static final String REPORTED = "reported";

	static final String VERIFIER = "verifier";

	private final ChatCacheContext context;

	private final Wordings wordings;

	private final ReadQuestions questions;

	private final Strictness strictness;

	private final List<SemanticVerifier> verifiers;

	AnswerCheck(ChatCacheContext context, Wordings wordings, ReadQuestions questions, Strictness strictness,
			List<SemanticVerifier> verifiers) {
		this.context = context;
		this.wordings = wordings;
		this.questions = questions;
		this.strictness = strictness;
		this.verifiers = List.copyOf(verifiers);
	}

	/**
	 * Look at the answer that a wording leads to.
	 * @return the answer, or {@code null} if it is gone or a later one
	 */
	@Nullable FoundAnswer byWording(AskedQuestion asked, KnownWording wording) {
		CachedEntry<ChatAnswer> found = find(asked, wording.answer());
		if (found == null || this.wordings.version(found.entry()) != wording.version()) {
			return null;
		}
		return judge(asked, found, wording.similarity(), wording.original());
	}

	/**
	 * Look at the answer to a question that is near.
	 * @return the answer, or {@code null} if it is gone
	 */
	@Nullable FoundAnswer byNearness(AskedQuestion asked, SemanticIndex.Match match) {
		CachedEntry<ChatAnswer> found = find(asked, match.key());
		return (found != null) ? judge(asked, found, match.similarity(), false) : null;
	}

	/**
	 * The entry proves by its own question that everything else is the same: scope,
	 * model, options and all that was said before.
	 */
	private @Nullable CachedEntry<ChatAnswer> find(AskedQuestion asked, Fingerprint answer) {
		CachedEntry<ChatAnswer> found = this.context.answers().find(answer, asked.scope());
		String question = (found != null) ? found.entry().question() : null;
		return (question != null && asked.isAsked(answer, question)) ? found : null;
	}

	private FoundAnswer judge(AskedQuestion asked, CachedEntry<ChatAnswer> found, double similarity,
			boolean sameWording) {
		return new FoundAnswer(found, similarity, objection(asked, found, similarity, sameWording));
	}

	private @Nullable String objection(AskedQuestion asked, CachedEntry<ChatAnswer> found, double similarity,
			boolean sameWording) {
		Duration maxAge = asked.request().directives().maxAge();
		if (!found.cached().fresh() || (maxAge != null && found.cached().age().compareTo(maxAge) > 0)) {
			return "stale";
		}
		String question = String.valueOf(found.entry().question());
		ReadQuestion cached = this.questions.read(found.entry().fingerprint(), question);
		SemanticDecision decision = this.strictness.decision();
		Verdict verdict = sameWording ? decision.decideCanonical(asked.read(), cached)
				: decision.decide(asked.read(), cached, similarity);
		if (!verdict.accepted()) {
			return (verdict.guard() != null) ? verdict.guard() : "guard";
		}
		if (similarity <= this.wordings.floor(found.entry().fingerprint(), asked.scope())) {
			return REPORTED;
		}
		return (sameWording || isVerified(asked, question, similarity, found)) ? null : VERIFIER;
	}

	private boolean isVerified(AskedQuestion asked, String question, double similarity, CachedEntry<ChatAnswer> found) {
		try {
			SemanticVerifier.Candidate candidate = new SemanticVerifier.Candidate(asked.read().text(), question,
					similarity, found.cached().value().response());
			return this.verifiers.stream().allMatch((verifier) -> verifier.mayServe(candidate));
		}
		catch (Throwable ex) {
			this.context.failures().report(CacheOperation.POLICY, ex);
			return false;
		}
	}

}
