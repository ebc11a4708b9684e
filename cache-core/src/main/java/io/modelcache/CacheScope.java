package io.modelcache;

import io.modelcache.key.CanonicalForm;
import io.modelcache.key.Fingerprint;

/**
 * Digests of the scopes between which no answer is shared.
 */
public final class CacheScope {

	/**
	 * The scope of an application that has one only.
	 */
	public static final Fingerprint SHARED = CanonicalForm.of("scope", 1).flag("shared", true).fingerprint();

	private CacheScope() {
	}

}
