package io.modelcache.store.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The names of the keys: the prefix and the 64 digits of a fingerprint, the first two of
 * them in braces.
 * <p>
 * In a cluster, keys with the same text in braces are on the same server. An entry, its
 * lease and its place among the entries of a tag can therefore be changed by one script;
 * each tag has up to {@value #SHARDS} sets for that.
 */
final class KeyLayout {

	static final int SHARDS = 256;

	private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:/-]{1,100}");

	private static final int SHARD_DIGITS = 2;

	private static final String TAG = ":tag:";

	private static final String VECTORS = ":sem:";

	private static final int HEX_DIGITS = 2 * Fingerprint.BYTES;

	private final String prefix;

	KeyLayout(String prefix) {
		this.prefix = requirePrefix(prefix);
	}

	/**
	 * Check a prefix.
	 * @throws IllegalArgumentException if it could mean something to Redis, or is empty,
	 * so that clearing would not know what is ours
	 */
	static String requirePrefix(String prefix) {
		if (!PREFIX.matcher(prefix).matches()) {
			throw new IllegalArgumentException("A key prefix has 1 to 100 letters, digits and characters of \"._:/-\"");
		}
		return prefix;
	}

	byte[] entry(Fingerprint fingerprint) {
		return entryText(fingerprint).getBytes(UTF_8);
	}

	byte[] lease(Fingerprint fingerprint) {
		return (entryText(fingerprint) + ":lease").getBytes(UTF_8);
	}

	byte[] tag(int shard, String tag) {
		return "%s{%02x}%s%s".formatted(this.prefix, shard, TAG, tag).getBytes(UTF_8);
	}

	/**
	 * Return the keys of an entry and of the sets of its tags.
	 */
	List<byte[]> entryAndTags(StoredEntry entry) {
		List<byte[]> all = new ArrayList<>();
		all.add(entry(entry.fingerprint()));
		int shard = shard(entry.fingerprint());
		entry.tags().forEach((tag) -> all.add(tag(shard, tag)));
		return all;
	}

	/**
	 * Return the key of a vector set.
	 */
	byte[] vectors(Fingerprint set) {
		return "%s{%02x}%s%s".formatted(this.prefix, shard(set), VECTORS, set.toHex()).getBytes(UTF_8);
	}

	/**
	 * Return the channel on which removals are told. Redis has channels for all its
	 * databases together, so the number of any but the first one is in the name.
	 */
	byte[] news(int database) {
		return (this.prefix + "news" + ((database != 0) ? ":" + database : "")).getBytes(UTF_8);
	}

	String entryPattern() {
		return this.prefix + "{??}" + "?".repeat(HEX_DIGITS - SHARD_DIGITS);
	}

	String tagPattern() {
		return this.prefix + "{??}" + TAG + "*";
	}

	String vectorsPattern() {
		return this.prefix + "{??}" + VECTORS + "?".repeat(HEX_DIGITS);
	}

	/**
	 * Return the shard of a fingerprint, which is its first byte.
	 */
	static int shard(Fingerprint fingerprint) {
		return (int) (fingerprint.first() >>> (Long.SIZE - Byte.SIZE));
	}

	/**
	 * Return the shard of the set of a tag.
	 */
	int shardOfTag(String tagKey) {
		int start = this.prefix.length() + 1;
		return Integer.parseInt(tagKey.substring(start, start + SHARD_DIGITS), 16);
	}

	/**
	 * Return the tag of one of its sets.
	 */
	String tagOf(String tagKey) {
		return tagKey.substring(this.prefix.length() + SHARD_DIGITS + 2 + TAG.length());
	}

	/**
	 * Return the fingerprint of an entry.
	 * @return the fingerprint, or {@code null} if the key is none of an entry
	 */
	@Nullable Fingerprint fingerprint(String entryKey) {
		int start = this.prefix.length();
		if (entryKey.length() != start + HEX_DIGITS + 2) {
			return null;
		}
		try {
			return Fingerprint.fromHex(entryKey.substring(start + 1, start + 1 + SHARD_DIGITS)
					+ entryKey.substring(start + SHARD_DIGITS + 2));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private String entryText(Fingerprint fingerprint) {
		String hex = fingerprint.toHex();
		return this.prefix + '{' + hex.substring(0, SHARD_DIGITS) + '}' + hex.substring(SHARD_DIGITS);
	}

}
