package io.modelcache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

import io.modelcache.key.Fingerprint;
import io.modelcache.key.KeyHash;
import io.modelcache.store.CacheStore;
import io.modelcache.store.ScanPage;
import io.modelcache.store.SearchableStore;
import io.modelcache.store.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Removes answers and lists what is there, over all stores of an application.
 * <p>
 * Unlike a call to a model, these methods fail if a store fails: whoever clears a cache
 * must know whether it is cleared. What is being asked of a model at that moment may be
 * stored afterwards. Safe for use by several threads.
 */
public final class ModelCacheManager {

	private static final Pattern KEY = Pattern.compile("[0-9a-f]{12}|[0-9a-f]{64}");

	private final Supplier<? extends Collection<CacheStore>> stores;

	private final KeyHash keyHash;

	private final AnswerFeedback feedback;

	/**
	 * Create a manager of caches whose keys are made without a secret.
	 * @param stores gives the stores, each one once and always in the same order
	 */
	public ModelCacheManager(Supplier<? extends Collection<CacheStore>> stores) {
		this(stores, KeyHash.SHA_256);
	}

	/**
	 * Create a manager.
	 * @param stores gives the stores, each one once and always in the same order
	 * @param keyHash the hash of the keys of the caches, by which scopes are found
	 */
	public ModelCacheManager(Supplier<? extends Collection<CacheStore>> stores, KeyHash keyHash) {
		this(stores, keyHash, AnswerFeedback.NONE);
	}

	/**
	 * Create a manager.
	 * @param stores gives the stores, each one once and always in the same order
	 * @param keyHash the hash of the keys of the caches, by which scopes are found
	 * @param feedback knows the answers that were given to similar questions
	 */
	public ModelCacheManager(Supplier<? extends Collection<CacheStore>> stores, KeyHash keyHash,
			AnswerFeedback feedback) {
		this.stores = stores;
		this.keyHash = keyHash;
		this.feedback = feedback;
	}

	/**
	 * Remove everything.
	 * @return how many entries were removed
	 */
	public long clear() {
		return evict(Selector.all());
	}

	/**
	 * Remove the entries of one cache.
	 * @param name the name of the cache, which is that of the model's bean
	 * @return how many entries were removed
	 */
	public long clear(String name) {
		return evictAll(List.of(Selector.all().withBean(wordingsOf(name)), Selector.all().withBean(name)));
	}

	/**
	 * Return the name under which the semantic cache of a model keeps what leads to its
	 * answers.
	 * @param name the name of the cache
	 * @return the other name
	 */
	public static String wordingsOf(String name) {
		return name + ":wordings";
	}

	/**
	 * Remove the entries with a label.
	 * @param tag the label, see {@link CacheControl#tags(String...)}
	 * @return how many entries were removed
	 */
	public long evictTag(String tag) {
		return evict(Selector.all().withTag(tag));
	}

	/**
	 * Remove the entries of a scope.
	 * @param scope the scope, such as a tenant or a user
	 * @return how many entries were removed
	 */
	public long evictScope(String scope) {
		return evict(Selector.all().withScope(scope(scope)));
	}

	/**
	 * Remove the entries that a selector matches.
	 * @param selector which entries
	 * @return how many entries were removed
	 */
	public long evict(Selector selector) {
		return evictAll(List.of(selector));
	}

	/**
	 * Count the entries that a selector matches. A store that cannot count is walked
	 * over, which takes as long as to read it all.
	 * @param selector which entries
	 * @return how many entries there are
	 */
	public long count(Selector selector) {
		return sum((store) -> EntryWalk.count(store, selector));
	}

	/**
	 * Return the digest of a scope, by which a selector finds its entries.
	 * @param scope the scope, such as a tenant or a user
	 * @return the digest
	 */
	public Fingerprint scope(String scope) {
		return CacheScope.of(scope, this.keyHash);
	}

	/**
	 * Find the entries that a key names, and the answers that were given under it to
	 * similar questions. For a key id the stores are walked over.
	 * @param key a {@linkplain Fingerprint#id() key id}, as a {@link CacheStatus} tells
	 * it, or a whole key in 64 hexadecimal digits
	 * @return their fingerprints, hardly ever more than two
	 * @throws IllegalArgumentException if the key is neither
	 */
	public Set<Fingerprint> find(String key) {
		if (!KEY.matcher(key).matches()) {
			throw new IllegalArgumentException(
					"A key has 12 or 64 hexadecimal digits in lower case, not %d characters".formatted(key.length()));
		}
		Set<Fingerprint> found = new HashSet<>();
		this.stores.get().forEach((store) -> found.addAll(EntryWalk.find(store, key)));
		found.addAll(this.feedback.answersBehind(key));
		return found;
	}

	/**
	 * Remove one entry.
	 * @param key its fingerprint, as {@link #keys} lists it
	 */
	public void evict(Fingerprint key) {
		this.stores.get().forEach((store) -> store.evictAll(List.of(key)));
	}

	/**
	 * Say that an answer was wrong: it is removed. If it was given to a question that is
	 * not the one it was made for, all that leads to it goes too, and it is not given
	 * again to a question that is as far away.
	 * @param status the status of the answer, see {@link CacheStatus#of}
	 * @return whether the answer was there
	 */
	public boolean reportWrong(CacheStatus status) {
		String key = status.key();
		if (key == null) {
			return false;
		}
		if (this.feedback.reportWrong(status)) {
			return true;
		}
		Set<Fingerprint> found = find(key);
		found.forEach(this::evict);
		return !found.isEmpty();
	}

	/**
	 * Return the question that an answer was made for, if that was another one than the
	 * one asked.
	 * @param status the status of the answer
	 * @return the question, or {@code null} if it is the same or not known
	 */
	public @Nullable String questionBehind(CacheStatus status) {
		return this.feedback.questionBehind(status);
	}

	/**
	 * List the entries of one cache, page by page and in no particular order.
	 * @param name the name of the cache
	 * @param cursor the {@link CacheKeys#next() next} of the page before, or {@code null}
	 * for the first page
	 * @param limit the number of entries wanted, at least 1; a page may hold fewer, even
	 * none, and is not the last one for that
	 * @return a page
	 * @throws IllegalArgumentException if the cursor is not one of this method's or the
	 * limit is less than 1
	 */
	public CacheKeys keys(String name, @Nullable String cursor, int limit) {
		List<CacheStore> all = new ArrayList<>(this.stores.get());
		ScanPosition position = ScanPosition.parse(cursor);
		if (position.store() >= all.size()) {
			return new CacheKeys(List.of(), null);
		}
		ScanPage page = all.get(position.store()).scan(Selector.all().withBean(name), position.cursor(), limit);
		return new CacheKeys(page.entries().stream().map(CacheKeys.Key::of).toList(), position.after(page, all.size()));
	}

	/**
	 * Find stored questions by their words, in the stores that can do that. Questions are
	 * stored only if they are asked to be.
	 * @param text the words, all of which a question must contain; none is a wildcard.
	 * Whether a word is also found within a longer one is up to the store
	 * @param limit the number of questions wanted, at least 1
	 * @return the questions, the youngest first
	 * @throws IllegalArgumentException if the limit is less than 1
	 */
	public List<StoredQuestion> search(String text, int limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("'limit' must be at least 1, not %d".formatted(limit));
		}
		return this.stores.get()
			.stream()
			.map((store) -> store.capability(SearchableStore.class))
			.filter(Objects::nonNull)
			.flatMap((store) -> store.search(text, limit).stream())
			.map(StoredQuestion::of)
			.sorted(Comparator.comparing(StoredQuestion::createdAt).reversed())
			.limit(limit)
			.toList();
	}

	/**
	 * Remove what each of the selectors matches from each of the stores, even if one of
	 * them fails.
	 * @return how many the last selector matched
	 * @throws RuntimeException at the end, if one has failed
	 */
	private long evictAll(List<Selector> selectors) {
		RuntimeException failure = null;
		long evicted = 0;
		for (Selector selector : selectors) {
			evicted = 0;
			for (CacheStore store : this.stores.get()) {
				try {
					evicted += store.evict(selector);
				}
				catch (RuntimeException ex) {
					failure = (failure != null) ? failure : ex;
				}
			}
		}
		if (failure != null) {
			throw failure;
		}
		return evicted;
	}

	private long sum(ToLongFunction<CacheStore> figure) {
		return this.stores.get().stream().mapToLong(figure).sum();
	}

	/**
	 * Where a walk over several stores stands.
	 *
	 * @param store the number of the store
	 * @param cursor where in that store, or {@code null} at its beginning
	 */
	private record ScanPosition(int store, @Nullable String cursor) {

		static ScanPosition parse(@Nullable String text) {
			if (text == null) {
				return new ScanPosition(0, null);
			}
			int colon = text.indexOf(':');
			if (colon < 1 || !text.substring(0, colon).chars().allMatch(Character::isDigit) || colon > 4) {
				throw new IllegalArgumentException("'%s' is no cursor of this listing".formatted(text));
			}
			String rest = text.substring(colon + 1);
			return new ScanPosition(Integer.parseInt(text.substring(0, colon)), rest.isEmpty() ? null : rest);
		}

		@Nullable String after(ScanPage page, int stores) {
			if (page.next() != null) {
				return this.store + ":" + page.next();
			}
			return (this.store + 1 < stores) ? (this.store + 1) + ":" : null;
		}

	}

}
