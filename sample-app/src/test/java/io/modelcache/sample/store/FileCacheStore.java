package io.modelcache.sample.store;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.modelcache.key.Fingerprint;
import io.modelcache.store.CacheStore;
import io.modelcache.store.ScanPage;
import io.modelcache.store.Selector;
import io.modelcache.store.StoreStats;
import io.modelcache.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each entry in a file of its own: an example of a store for
 * {@code modelcache.provider: custom}.
 */
final class FileCacheStore implements CacheStore {

	private final Path folder;

	private final InstantSource clock;

	FileCacheStore(Path folder, InstantSource clock) {
		this.folder = folder;
		this.clock = clock;
	}

	@Override
	public Map<Fingerprint, StoredEntry> getAll(Collection<Fingerprint> fingerprints) {
		Map<Fingerprint, StoredEntry> found = new HashMap<>();
		for (Fingerprint fingerprint : fingerprints) {
			StoredEntry entry = read(fingerprint);
			if (entry != null) {
				found.put(fingerprint, entry);
			}
		}
		return found;
	}

	@Override
	public void putAll(Collection<StoredEntry> entries) {
		for (StoredEntry entry : entries) {
			io(() -> {
				Path temporary = Files.createTempFile(this.folder, "new", ".tmp");
				try {
					Files.write(temporary, bytes(entry));
					return Files.move(temporary, file(entry.fingerprint()), StandardCopyOption.ATOMIC_MOVE);
				}
				finally {
					Files.deleteIfExists(temporary);
				}
			});
		}
	}

	@Override
	public void evictAll(Collection<Fingerprint> fingerprints) {
		fingerprints.forEach((fingerprint) -> io(() -> Files.deleteIfExists(file(fingerprint))));
	}

	@Override
	public long evict(Selector selector) {
		return all().filter((fingerprint) -> matches(selector, read(fingerprint)))
			.filter((fingerprint) -> io(() -> Files.deleteIfExists(file(fingerprint))))
			.count();
	}

	@Override
	public ScanPage scan(Selector selector, @Nullable String cursor, int limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("'limit' must be at least 1");
		}
		Fingerprint after = (cursor != null) ? Fingerprint.fromHex(cursor) : null;
		List<StoredEntry> page = all().filter((fingerprint) -> after == null || fingerprint.compareTo(after) > 0)
			.sorted()
			.map(this::read)
			.filter((entry) -> matches(selector, entry))
			.limit(limit)
			.toList();
		return new ScanPage(page, (page.size() == limit) ? page.get(limit - 1).fingerprint().toHex() : null);
	}

	@Override
	public StoreStats stats() {
		return new StoreStats(all().count(), StoreStats.UNKNOWN, 0);
	}

	@Override
	public boolean blocking() {
		return true;
	}

	private Path file(Fingerprint fingerprint) {
		return this.folder.resolve(fingerprint.toHex());
	}

	private Stream<Fingerprint> all() {
		return io(() -> {
			try (Stream<Path> files = Files.list(this.folder)) {
				return files.map((file) -> file.getFileName().toString())
					.filter((name) -> !name.endsWith(".tmp"))
					.map(Fingerprint::fromHex)
					.toList()
					.stream();
			}
		});
	}

	private static boolean matches(Selector selector, @Nullable StoredEntry entry) {
		return entry != null && selector.matches(entry);
	}

	private @Nullable StoredEntry read(Fingerprint fingerprint) {
		return io(() -> {
			try (DataInputStream in = new DataInputStream(Files.newInputStream(file(fingerprint)))) {
				StoredEntry entry = entry(fingerprint, in);
				return this.clock.instant().isBefore(entry.keepUntil()) ? entry : null;
			}
			catch (NoSuchFileException ex) {
				return null;
			}
		});
	}

	private static StoredEntry entry(Fingerprint fingerprint, DataInputStream in) throws IOException {
		Instant createdAt = Instant.ofEpochMilli(in.readLong());
		Instant freshUntil = Instant.ofEpochMilli(in.readLong());
		Instant keepUntil = Instant.ofEpochMilli(in.readLong());
		String bean = in.readUTF();
		Fingerprint scope = Fingerprint.fromHex(in.readUTF());
		Set<String> tags = new HashSet<>();
		for (int count = in.readInt(); count > 0; count--) {
			tags.add(in.readUTF());
		}
		String question = in.readBoolean() ? new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8) : null;
		byte[] payload = in.readAllBytes();
		return new StoredEntry(fingerprint, payload, createdAt, freshUntil, keepUntil, bean, scope, tags, question);
	}

	private static byte[] bytes(StoredEntry entry) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeLong(entry.createdAt().toEpochMilli());
		out.writeLong(entry.freshUntil().toEpochMilli());
		out.writeLong(entry.keepUntil().toEpochMilli());
		out.writeUTF(entry.bean());
		out.writeUTF(entry.scope().toHex());
		out.writeInt(entry.tags().size());
		for (String tag : entry.tags()) {
			out.writeUTF(tag);
		}
		out.writeBoolean(entry.question() != null);
		if (entry.question() != null) {
			byte[] question = entry.question().getBytes(StandardCharsets.UTF_8);
			out.writeInt(question.length);
			out.write(question);
		}
		out.write(entry.payload());
		return bytes.toByteArray();
	}

	private static <T> T io(InputOutput<T> action) {
		try {
			return action.run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Something that reads or writes files.
	 *
	 * @param <T> what it returns
	 */
	@FunctionalInterface
	private interface InputOutput<T> {

		T run() throws IOException;

	}

}
