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

	/**
	 * Return the digest of a scope.
	 * @param name the scope, such as a tenant or a user
	 * @return the digest, never that of {@link #SHARED}
	 */
	public static Fingerprint of(String name) {
		return CanonicalForm.of("scope", 1).text("name", name).fingerprint();
	}

}
