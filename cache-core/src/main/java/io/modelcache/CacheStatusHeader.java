package io.modelcache;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link CacheStatus} as a member of the {@code Cache-Status} header.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9211">RFC 9211</a>
 */
final class CacheStatusHeader {

	private final StringBuilder text;

	private CacheStatusHeader(String cacheName) {
		this.text = new StringBuilder(cacheName);
	}

	static String format(String cacheName, CacheStatus status) {
		CacheStatusHeader header = new CacheStatusHeader(cacheName);
		header.flag("hit", status.hit());
		header.token("fwd", (status.forward() != null) ? status.forward().token() : null);
		header.seconds("ttl", status.ttl());
		header.flag("stored", status.stored());
		header.flag("collapsed", status.collapsed());
		header.seconds("age", status.age());
		header.token("similarity", (status.similarity() != null) ? decimal(status.similarity()) : null);
		header.string("key", status.key());
		header.string("detail", (status.detail() != null) ? status.detail() : status.layer());
		return header.text.toString();
	}

	private void flag(String name, boolean set) {
		if (set) {
			this.text.append("; ").append(name);
		}
	}

	private void token(String name, @Nullable String value) {
		if (value != null) {
			this.text.append("; ").append(name).append('=').append(value);
		}
	}

	private void seconds(String name, @Nullable Duration value) {
		token(name, (value != null) ? Long.toString(value.toSeconds()) : null);
	}

	/**
	 * A quoted string may hold printable ASCII only.
	 */
	private void string(String name, @Nullable String value) {
		if (value != null) {
			String printable = value.replaceAll("[^\\x20-\\x7e]", "?").replace("\\", "\\\\").replace("\"", "\\\"");
			this.text.append("; ").append(name).append("=\"").append(printable).append('"');
		}
	}

	private static String decimal(double value) {
		return Double.toString(Math.round(value * 1000) / 1000.0);
	}

}
