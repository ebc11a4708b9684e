package io.modelcache.key;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The parts of a form by their names, each with a digest: enough to say in what two
 * requests differ, and nothing of what is in them but the names of tools.
 * <p>
 * It is filled by one thread, through {@link CanonicalForm#noting(FormParts)}, and may
 * then be compared by several.
 */
public final class FormParts {

	private static final int LIMIT = 500;

	private static final Pattern TOOL_NAME = Pattern.compile("[\\w.-]{1,64}");

	/**
	 * Groups that are numbered, and what to call them.
	 */
	private static final Map<String, String> NUMBERED = Map.of("message", "message", "toolCall", "tool call",
			"toolResponse", "tool response", "media", "media");

	/**
	 * Groups of which everybody knows that they are there.
	 */
	private static final Set<String> SILENT = Set.of("messages", "options");

	private final Map<String, Long> digests = new LinkedHashMap<>();

	private final Map<String, Integer> counts = new HashMap<>();

	private final Deque<String> groups = new ArrayDeque<>();

	/**
	 * Create parts to be filled.
	 */
	public FormParts() {
		this.groups.push("");
	}

	/**
	 * Tell in what these parts differ from others.
	 * @param other the other parts
	 * @return the names of what differs, such as {@code temperature}; empty if nothing
	 * does
	 */
	public List<String> differences(FormParts other) {
		Set<String> names = new LinkedHashSet<>();
		this.digests.forEach((name, digest) -> {
			if (!digest.equals(other.digests.get(name))) {
				names.add(other.whole(name));
			}
		});
		Collection<String> gone = new TreeSet<>(other.digests.keySet());
		gone.removeAll(this.digests.keySet());
		gone.forEach((name) -> names.add(whole(name)));
		return new ArrayList<>(names);
	}

	void begin(String name) {
		String parent = this.groups.element();
		if (name.endsWith(".toolCallbacks")) {
			this.groups.push(parent + "tool " + count("tool") + " ");
			return;
		}
		String label = NUMBERED.get(name);
		if (label != null) {
			String counted = parent + label + " ";
			this.groups.push(counted + count(counted) + " ");
			return;
		}
		this.groups.push(SILENT.contains(name) ? parent : parent + name + " ");
	}

	void end() {
		this.groups.pop();
	}

	void text(KeyHash hash, String name, String value) {
		if (name.equals("name") && isUnnamedTool() && TOOL_NAME.matcher(value).matches()) {
			this.groups.pop();
			this.groups.push("tool " + value + " ");
		}
		note(name, hash.form("part", 1).text("text", value).fingerprint());
	}

	void bytes(KeyHash hash, String name, byte[] value) {
		note(name, hash.form("part", 1).bytes("bytes", value).fingerprint());
	}

	void number(KeyHash hash, String name, long value) {
		note(name, hash.form("part", 1).integer("number", value).fingerprint());
	}

	void note(String name, Fingerprint digest) {
		String part = this.groups.element() + name;
		int count = count(part);
		String counted = (count > 1) ? part + " " + count : part;
		if (this.digests.size() < LIMIT) {
			this.digests.put(counted, digest.first());
		}
		else {
			this.digests.merge("the rest", digest.first(), (sum, next) -> sum * 31 + next);
		}
	}

	/**
	 * What the other request has nothing of is named as a whole.
	 */
	private String whole(String name) {
		String[] words = name.split(" ", 3);
		String group = (words.length == 3) ? words[0] + " " + words[1] : name;
		boolean numbered = group.startsWith("message ") || group.startsWith("tool ");
		return (numbered && this.digests.keySet().stream().noneMatch((known) -> known.startsWith(group + " "))) ? group
				: name;
	}

	private boolean isUnnamedTool() {
		return this.groups.element().matches("tool \\d+ ");
	}

	private int count(String key) {
		return this.counts.merge(key, 1, Integer::sum);
	}

}
