package io.modelcache.chat;

import io.modelcache.CacheDirectives;
import io.modelcache.CacheListener;
import io.modelcache.CacheMissException;
import io.modelcache.CacheStatus;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * The way of a {@code call}: from the cache, from a call that is under way, or from the
 * model.
 */
final class ChatCalls {

	private final String name;

	private final ChatModel delegate;

	private final ChatAdmission admission;

	private final ChatCache cache;

	private final ChatKeeper keeper;

	private final @Nullable ChatFlights flights;

	private final @Nullable ChatLeases leases;

	private final Refresher refresher;

	private final CacheListener listener;

	ChatCalls(ChatRoom room) {
		this.name = room.name();
		this.delegate = room.delegate();
		this.admission = room.admission();
		this.cache = room.cache();
		this.keeper = room.keeper();
		this.flights = room.flights();
		this.leases = room.leases();
		this.listener = room.listener();
		this.refresher = room.refresher();
	}

	ChatResponse call(Prompt prompt) {
		ChatAdmission.Admitted admitted = this.admission.admit(prompt, CacheDirectives.current(), Context.empty(),
				null);
		ChatRequest request = admitted.request();
		if (request == null) {
			return bypass(prompt, admitted.status());
		}
		Attempt attempt = null;
		while (attempt == null) {
			attempt = tryOnce(request);
		}
		return attempt.response();
	}

	/**
	 * Have the answer to a request renewed in the background, unless the call does not
	 * allow that, or it is being done already.
	 */
	void refresh(ChatRequest request) {
		if (!request.directives().mustHit()) {
			ChatRequest own = request.withOwnPrompt();
			this.refresher.refresh(request.fingerprint(), () -> renew(own));
		}
	}

	/**
	 * Ask the model, unless somebody else has done so meanwhile, or the caller has made
	 * another question of it.
	 */
	private void renew(ChatRequest request) {
		ChatLookup lookup = this.cache.find(request);
		if (lookup.answer() != null || !this.admission.isUnchanged(request)) {
			return;
		}
		ChatFlights.Boarding boarding = (this.flights != null) ? this.flights.board(request.fingerprint()) : null;
		if (boarding == null) {
			ask(request, lookup, null, false);
		}
		else if (boarding.leading() && !isRenewedElsewhere(request, lookup, boarding.flight())) {
			ask(request, lookup, boarding.flight(), false);
		}
	}

	private boolean isRenewedElsewhere(ChatRequest request, ChatLookup lookup, ChatFlight flight) {
		boolean elsewhere = true;
		try {
			elsewhere = this.leases != null && this.leases.isAskedElsewhere(request, lookup, flight);
		}
		finally {
			if (elsewhere && this.flights != null) {
				this.flights.land(request.fingerprint(), flight, new Landing.Abandoned());
			}
		}
		return elsewhere;
	}

	private ChatResponse bypass(Prompt prompt, CacheStatus status) {
		if (CacheDirectives.current().mustHit()) {
			throw new CacheMissException(this.name, status);
		}
		this.listener.onBypass(this.name, status);
		this.listener.onModelCall(this.name);
		return StatusMark.onNullable(this.delegate.call(prompt), status);
	}

	/**
	 * Try to get an answer.
	 * @return the answer, or {@code null} to try again, because whoever was asking the
	 * model for this caller too has gone
	 */
	private @Nullable Attempt tryOnce(ChatRequest request) {
		long landings = (this.flights != null) ? this.flights.landings() : 0;
		ChatLookup lookup = this.cache.find(request);
		if (lookup.answer() != null) {
			return hit(lookup.answer(), lookup.status());
		}
		ChatLookup.StaleAnswer stale = Staleness.whileRevalidating(request, lookup);
		if (stale != null) {
			refresh(request);
			return hit(stale.answer(), stale.status().withDetail("stale-while-revalidate"));
		}
		if (request.directives().mustHit()) {
			throw new CacheMissException(this.name, lookup.status());
		}
		if (this.flights == null || !isShareable(request)) {
			return forward(request, lookup, null, false);
		}
		ChatFlights.Boarding boarding = this.flights.board(request.fingerprint());
		return boarding.leading() ? lead(request, lookup, boarding.flight(), landings)
				: follow(request, lookup, boarding.flight());
	}

	/**
	 * A call that does not want a stored answer does not want that of another call
	 * either, and one that does not want its answer stored does not give it to others.
	 */
	static boolean isShareable(ChatRequest request) {
		return request.directives().mayRead() && request.directives().mayStore();
	}

	private Attempt hit(ChatAnswer answer, CacheStatus status) {
		this.listener.onHit(this.name, status);
		this.listener.onSaved(this.name, status, Savings.of(answer, Context.empty()));
		return new Attempt(StatusMark.on(answer.response(), status));
	}

	private Attempt lead(ChatRequest request, ChatLookup lookup, ChatFlight flight, long landings) {
		if (this.flights == null || (this.leases == null && this.flights.landings() == landings)) {
			return forward(request, lookup, flight, false);
		}
		ChatLookup again = null;
		try {
			again = (this.leases != null) ? this.leases.await(request, lookup, flight)
					: this.cache.findAgain(request, lookup);
		}
		finally {
			if (again == null || again.answer() != null) {
				this.flights.land(request.fingerprint(), flight, new Landing.Abandoned());
			}
		}
		return (again.answer() != null) ? hit(again.answer(), again.status()) : forward(request, again, flight, false);
	}

	private @Nullable Attempt follow(ChatRequest request, ChatLookup lookup, ChatFlight flight) {
		if (flight.isLedByCurrentThread()) {
			return forward(request, lookup, null, false);
		}
		Landing landing;
		try {
			landing = flight.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return forward(request, lookup, null, false);
		}
		return landed(request, lookup, flight, landing);
	}

	private @Nullable Attempt landed(ChatRequest request, ChatLookup lookup, ChatFlight flight, Landing landing) {
		if (landing instanceof Landing.Failed failed) {
			return staleOr(request, lookup, failed.failure());
		}
		if (landing instanceof Landing.Promoted) {
			return forward(request, lookup, flight, true);
		}
		ChatAnswer copy = (landing instanceof Landing.Shared shared) ? shared.copy() : null;
		if (copy != null && landing instanceof Landing.Shared shared) {
			CacheStatus status = shared.status().withCollapsed();
			this.listener.onMiss(this.name, status);
			this.listener.onSaved(this.name, status, Savings.of(copy, Context.empty()));
			return new Attempt(StatusMark.on(copy.response(), status));
		}
		return (landing instanceof Landing.Abandoned) ? null : forward(request, lookup, null, false);
	}

	private Attempt forward(ChatRequest request, ChatLookup lookup, @Nullable ChatFlight flight, boolean promoted) {
		try {
			return new Attempt(ask(request, lookup, flight, promoted));
		}
		catch (Throwable ex) {
			return staleOr(request, lookup, ex);
		}
	}

	/**
	 * Ask the model, and land the flight whatever happens. A promoted follower lands it
	 * only with an answer for all, for the leader is still trying.
	 */
	private ChatResponse ask(ChatRequest request, ChatLookup lookup, @Nullable ChatFlight flight, boolean promoted) {
		Landing landing = new Landing.Abandoned();
		try {
			this.listener.onModelCall(this.name);
			ChatResponse response = this.delegate.call(request.prompt());
			landing = new Landing.Unfit();
			ChatKeeper.Kept kept = this.keeper.keep(request, lookup,
					(response != null) ? ChatAnswer.whole(response) : null);
			landing = kept.landing();
			this.listener.onMiss(this.name, kept.status());
			return StatusMark.onNullable(response, kept.status());
		}
		catch (Throwable ex) {
			if (landing instanceof Landing.Abandoned && !Interruption.isBehind(ex)) {
				landing = new Landing.Failed(ex);
			}
			throw ex;
		}
		finally {
			if (flight != null && this.flights != null && (!promoted || landing instanceof Landing.Shared)) {
				this.flights.land(request.fingerprint(), flight, landing);
			}
		}
	}

	private Attempt staleOr(ChatRequest request, ChatLookup lookup, Throwable failure) {
		ChatLookup.StaleAnswer stale = (failure instanceof Exception) ? Staleness.afterFailure(request, lookup) : null;
		if (stale != null) {
			return hit(stale.answer(), stale.status().withDetail("stale-if-error"));
		}
		throw Rethrown.as(failure);
	}

	/**
	 * What came of an attempt.
	 *
	 * @param response the answer; a model may give {@code null} against its contract
	 */
	private record Attempt(ChatResponse response) {

	}

}
