package io.modelcache.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The hash that turns canonical forms into fingerprints: SHA-256, or HMAC-SHA-256 under a
 * secret.
 * <p>
 * Whoever can read a store but does not know the secret cannot check a guess at a
 * question, a user or a tenant against its keys. The secret itself is not kept: what is
 * left of it is the state of the digest after its first block. Immutable and safe for use
 * by several threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2104">RFC 2104</a>
 */
public final class KeyHash {

	/**
	 * SHA-256 without a secret.
	 */
	public static final KeyHash SHA_256 = new KeyHash(startingWith(new byte[0]), null);

	private static final int BLOCK = 64;

	private static final byte INNER = 0x36;

	private static final byte OUTER = 0x5c;

	private final Supplier<MessageDigest> inner;

	private final @Nullable Supplier<MessageDigest> outer;

	private KeyHash(Supplier<MessageDigest> inner, @Nullable Supplier<MessageDigest> outer) {
		this.inner = inner;
		this.outer = outer;
	}

	/**
	 * Return HMAC-SHA-256 under a secret.
	 * @param secret the secret, which is taken as UTF-8
	 * @return the hash
	 * @throws IllegalArgumentException if the secret is blank
	 */
	public static KeyHash hmac(String secret) {
		if (secret.isBlank()) {
			throw new IllegalArgumentException("The secret of the keys must not be blank");
		}
		return hmac(secret.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return HMAC-SHA-256 under a secret.
	 * @param secret the secret, best 32 random bytes; it is copied
	 * @return the hash
	 * @throws IllegalArgumentException if the secret is empty
	 */
	public static KeyHash hmac(byte[] secret) {
		if (secret.length == 0) {
			throw new IllegalArgumentException("The secret of the keys must not be empty");
		}
		byte[] block = Arrays.copyOf((secret.length > BLOCK) ? sha256().digest(secret) : secret, BLOCK);
		return new KeyHash(startingWith(masked(block, INNER)), startingWith(masked(block, OUTER)));
	}

	/**
	 * Start a form.
	 * @param kind what the form is about, such as {@code chat}: forms of different kinds
	 * never have the same fingerprint
	 * @param version the version of the fields that follow
	 * @return the form
	 */
	public CanonicalForm form(String kind, int version) {
		return CanonicalForm.of(this, kind, version);
	}

	/**
	 * Return the name of the algorithm, nothing of the secret.
	 */
	@Override
	public String toString() {
		return (this.outer != null) ? "HMAC-SHA-256" : "SHA-256";
	}

	MessageDigest start() {
		return this.inner.get();
	}

	Fingerprint finish(MessageDigest digest) {
		byte[] hash = digest.digest();
		if (this.outer == null) {
			return Fingerprint.of(hash);
		}
		return Fingerprint.of(this.outer.get().digest(hash));
	}

	private static byte[] masked(byte[] block, byte mask) {
		byte[] masked = block.clone();
		for (int i = 0; i < masked.length; i++) {
			masked[i] ^= mask;
		}
		return masked;
	}

	/**
	 * A digest that is copied costs less than one that is looked up, but not every
	 * provider of the platform can copy its digests.
	 */
	private static Supplier<MessageDigest> startingWith(byte[] prefix) {
		MessageDigest started = sha256();
		started.update(prefix);
		try {
			MessageDigest prototype = (MessageDigest) started.clone();
			return () -> copyOf(prototype);
		}
		catch (CloneNotSupportedException ex) {
			return () -> {
				MessageDigest digest = sha256();
				digest.update(prefix);
				return digest;
			};
		}
	}

	private static MessageDigest copyOf(MessageDigest prototype) {
		try {
			return (MessageDigest) prototype.clone();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException("A digest that was copied before cannot be copied again", ex);
		}
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
