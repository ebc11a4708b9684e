package io.modelcache;

import io.modelcache.key.CanonicalForm;
import io.modelcache.key.Fingerprint;
import io.modelcache.key.KeyHash;

/**
 * Digests of the scopes between which no answer is shared.
 */
public final class CacheScope {

	/**
	 * The scope of an application that has one only: the same under every secret, since
	 * it tells nothing about anybody.
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
		return of(name, KeyHash.SHA_256);
	}

	/**
	 * Return the digest of a scope, which is part of each entry.
	 * @param name the scope, such as a tenant or a user
	 * @param keyHash the hash of the keys of the cache
	 * @return the digest, never that of {@link #SHARED}
	 */
	public static Fingerprint of(String name, KeyHash keyHash) {
		return keyHash.form("scope", 1).text("name", name).fingerprint();
	}

}
