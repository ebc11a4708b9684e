package io.modelcache.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The keys of the caches that are measured for comparison.
 */
final class Digests {

	private Digests() {
	}

	static ByteBuffer sha256(String text) {
		try {
			MessageDigest sha = MessageDigest.getInstance("SHA-256");
			return ByteBuffer.wrap(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
