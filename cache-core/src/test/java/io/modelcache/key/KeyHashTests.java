package io.modelcache.key;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link KeyHash}.
 */
class KeyHashTests {

	private static final String SECRET = "correct horse battery staple";

	@Property
	void underASecretTheFingerprintIsTheHmacOfTheBytes(@ForAll @Size(min = 1, max = 200) byte[] secret,
			@ForAll String text) throws GeneralSecurityException {
		List<Field> fields = List.of(new Field.Text("text", text));
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(secret, "HmacSHA256"));
		Fingerprint expected = Fingerprint.of(mac.doFinal(ReferenceForm.encode("test", 1, fields)));
		KeyHash hash = KeyHash.hmac(secret);
		assertThat(Field.write(hash.form("test", 1), fields).fingerprint()).isEqualTo(expected);
		assertThat(Field.write(hash.form("test", 1), fields).fingerprint()).as("used twice").isEqualTo(expected);
	}

	@Property
	void twoSecretsGiveTwoKeysAndNoneAThird(@ForAll String secret) {
		assertThat(List.of(fingerprint(KeyHash.hmac("a" + secret)), fingerprint(KeyHash.hmac("b" + secret)),
				fingerprint(KeyHash.SHA_256)))
			.doesNotHaveDuplicates();
	}

	@Example
	void withoutASecretTheFingerprintIsThatOfThePlainForm() {
		assertThat(fingerprint(KeyHash.SHA_256))
			.isEqualTo(CanonicalForm.of("test", 1).text("text", "hello").fingerprint());
	}

	@Example
	void aTextIsTakenAsUtf8() {
		assertThat(fingerprint(KeyHash.hmac("\u00e9"))).isEqualTo(fingerprint(KeyHash.hmac(new byte[] { -61, -87 })));
	}

	@Example
	void theBytesOfTheCallerAreCopied() {
		byte[] secret = { 1, 2, 3 };
		KeyHash hash = KeyHash.hmac(secret);
		Fingerprint before = fingerprint(hash);
		secret[0] = 9;
		assertThat(fingerprint(hash)).isEqualTo(before);
	}

	@Example
	void membersOfASetAreUnderTheSecretToo() {
		ObjectForm objects = ObjectForm.builder().build();
		CanonicalForm keyed = KeyHash.hmac(SECRET).form("test", 1);
		CanonicalForm plainMember = KeyHash.hmac(SECRET).form("test", 1);
		objects.write(keyed, "set", Set.of("a"));
		plainMember.begin("set")
			.text("kind", "set")
			.fingerprint("member", CanonicalForm.of("member", 1).text("member", "a").fingerprint())
			.end();
		assertThat(keyed.fingerprint()).isNotEqualTo(plainMember.fingerprint());
	}

	@Example
	void theSecretIsNotShown() {
		assertThat(KeyHash.hmac(SECRET)).hasToString("HMAC-SHA-256");
		assertThat(KeyHash.SHA_256).hasToString("SHA-256");
	}

	@Example
	void aSecretThatIsNoneIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> KeyHash.hmac(new byte[0]));
		assertThatIllegalArgumentException().isThrownBy(() -> KeyHash.hmac(""));
		assertThatIllegalArgumentException().isThrownBy(() -> KeyHash.hmac(" \t"));
	}

	@Example
	void severalThreadsMayUseOneHash() throws InterruptedException, ExecutionException {
		KeyHash hash = KeyHash.hmac(SECRET);
		Fingerprint expected = fingerprint(hash);
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<Boolean>> all = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				all.add(threads.submit(() -> {
					boolean same = true;
					for (int turn = 0; turn < 5000; turn++) {
						same &= fingerprint(hash).equals(expected);
					}
					return same;
				}));
			}
			for (Future<Boolean> each : all) {
				assertThat(each.get()).isTrue();
			}
		}
		finally {
			threads.shutdown();
		}
	}

	private static Fingerprint fingerprint(KeyHash hash) {
		return hash.form("test", 1).text("text", "hello").fingerprint();
	}

}
