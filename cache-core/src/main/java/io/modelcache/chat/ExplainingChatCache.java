package io.modelcache.chat;

import io.modelcache.CacheOperation;
import io.modelcache.CacheStatus;
import io.modelcache.FailureReport;
import io.modelcache.MissExplanation;
import io.modelcache.key.FormParts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of a request to which another cache has no answer what it differs in from recent
 * ones.
 */
final class ExplainingChatCache implements ChatCache {

	private static final Logger logger = LoggerFactory.getLogger("io.modelcache.explain");

	private final RecentRequests recent = new RecentRequests();

	private final String name;

	private final ChatCache cache;

	private final ChatFingerprinter fingerprinter;

	private final FailureReport failures;

	ExplainingChatCache(String name, ChatCache cache, ChatFingerprinter fingerprinter, FailureReport failures) {
		this.name = name;
		this.cache = cache;
		this.fingerprinter = fingerprinter;
		this.failures = failures;
	}

	@Override
	public ChatLookup find(ChatRequest request) {
		ChatLookup lookup = this.cache.find(request);
		try {
			return explain(request, lookup);
		}
		catch (Throwable ex) {
			this.failures.report(CacheOperation.POLICY, ex);
			return lookup;
		}
	}

	@Override
	public ChatLookup findAgain(ChatRequest request, ChatLookup before) {
		ChatLookup lookup = this.cache.findAgain(request, before);
		MissExplanation explanation = before.status().explanation();
		return (explanation != null && isMiss(lookup)) ? lookup.explained(explanation) : lookup;
	}

	@Override
	public boolean blocking() {
		return this.cache.blocking();
	}

	private ChatLookup explain(ChatRequest request, ChatLookup lookup) {
		boolean missing = isMiss(lookup);
		if (!missing && this.recent.touch(request.fingerprint())) {
			return lookup;
		}
		FormParts parts = this.fingerprinter.parts(request);
		MissExplanation explanation = missing ? this.recent.explain(request.fingerprint(), parts) : null;
		this.recent.add(request.fingerprint(), parts);
		if (explanation == null) {
			return lookup;
		}
		logger.debug("Cache '{}' has no answer for {}: {}", this.name, request.fingerprint().id(), explanation);
		return lookup.explained(explanation);
	}

	private static boolean isMiss(ChatLookup lookup) {
		return lookup.status().forward() == CacheStatus.Forward.MISS;
	}

}
