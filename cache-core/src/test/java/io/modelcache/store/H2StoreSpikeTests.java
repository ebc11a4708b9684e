package io.modelcache.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

import io.modelcache.testing.TestClock;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shows that a database passes the contract, and that its clock is the one that counts.
 */
class H2StoreSpikeTests extends CacheStoreContract implements LeaseStoreContract {

	private final JdbcDataSource database = new JdbcDataSource();

	@Override
	protected H2StoreSpike createStore() {
		this.database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		return new H2StoreSpike(this.database, InstantSource.system());
	}

	@Test
	void anotherInstanceGetsTheTimesInTermsOfItsOwnClock() {
		TestClock farAway = new TestClock();
		CacheStore other = new H2StoreSpike(this.database, farAway);
		TestEntry written = entry("a").times(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(20));
		put(written.build());
		StoredEntry read = other.get(written.build().fingerprint());
		assertThat(Duration.between(read.createdAt(), farAway.instant()))
			.isBetween(Duration.ofMinutes(5).minusMillis(5), Duration.ofMinutes(5).plus(TOLERANCE));
		assertThat(Duration.between(read.createdAt(), read.freshUntil())).isEqualTo(Duration.ofMinutes(10));
		assertThat(Duration.between(read.createdAt(), read.keepUntil())).isEqualTo(Duration.ofMinutes(20));
		assertThat(other.evict(Selector.all().withCreatedBefore(farAway.instant().minus(Duration.ofMinutes(6)))))
			.isZero();
		assertThat(other.evict(Selector.all().withCreatedBefore(farAway.instant().minus(Duration.ofMinutes(4)))))
			.isEqualTo(1);
	}

	@Test
	void leasesGoByTheClockOfTheDatabase() {
		TestClock farAway = new TestClock();
		LeaseStore other = new H2StoreSpike(this.database, farAway);
		assertThat(leases().acquire(LEASED, "a", LONG)).isTrue();
		farAway.advance(LONG.multipliedBy(2));
		assertThat(other.acquire(LEASED, "b", LONG)).isFalse();
		assertThat(leases().release(LEASED, "a")).isTrue();
		assertThat(other.acquire(LEASED, "b", LONG)).isTrue();
	}

}
