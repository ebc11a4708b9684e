package io.modelcache;

import java.util.List;

import io.modelcache.key.CanonicalForm;
import io.modelcache.testing.RecordingListener;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link CacheListener}.
 */
class CacheListenerTests {

	private static final CacheListener BROKEN = new CacheListener() {

		@Override
		public void onHit(String cache, CacheStatus status) {
			throw new IllegalStateException("broken");
		}

	};

	@Test
	void aListenerThatFailsHarmsNobody() {
		RecordingListener other = new RecordingListener();
		CacheListener both = CacheListener.composite(List.of(BROKEN, other));
		assertThatNoException().isThrownBy(() -> both.onHit("cache", CacheStatus.NONE));
		assertThat(other.events()).containsExactly("hit");
	}

	@Test
	void everythingIsPassedOn() {
		RecordingListener listener = new RecordingListener();
		CacheListener guarded = listener.guarded();
		guarded.onHit("cache", CacheStatus.NONE);
		guarded.onMiss("cache", CacheStatus.NONE);
		guarded.onBypass("cache", CacheStatus.bypass("why"));
		guarded.onStore("cache", CanonicalForm.of("test", 1).fingerprint(), 5);
		guarded.onReject("cache", "why");
		guarded.onFailure("cache", CacheOperation.READ, new IllegalStateException());
		guarded.onLookup("cache", "heap", CacheStatus.forwarded(CacheStatus.Forward.MISS, null), 5);
		guarded.onModelCall("cache");
		guarded.onSaved("cache", CacheStatus.NONE, SavedCall.UNKNOWN);
		guarded.onRefusal("cache", "number", 0.93);
		guarded.onShadowCheck("cache", 0.95, false);
		guarded.onQuestionEmbedded("cache", null, 7);
		assertThat(listener.events()).containsExactly("hit", "miss", "bypass:why", "store", "reject:why",
				"failure:READ", "refusal:number", "shadow:wrong", "embedded:7");
		assertThat(listener.figures()).containsExactly("lookup:heap:MISS", "model-call", "saved:null:0:0");
	}

	@Test
	void whatIsGuardedIsNotGuardedTwice() {
		CacheListener guarded = BROKEN.guarded();
		assertThat(guarded.guarded()).isSameAs(guarded);
		assertThat(CacheListener.NONE.guarded()).isSameAs(CacheListener.NONE);
		assertThat(CacheListener.composite(List.of())).isSameAs(CacheListener.NONE);
	}

}
