package io.modelcache.chat;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.modelcache.CacheDirectives;
import io.modelcache.CacheListener;
import io.modelcache.CacheMissException;
import io.modelcache.CacheStatus;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * The way of a {@code stream}: from the cache, from a call that is under way, or from the
 * model.
 * <p>
 * Nothing happens before subscription, and nothing waits on the thread of the subscriber.
 */
final class ChatStreams {

	private final ChatRoom room;

	private final CacheListener listener;

	private final ChatCalls calls;

	private final long limit;

	/**
	 * Create the way.
	 * @param room what calls and streams have in common
	 * @param calls renews stale answers
	 * @param limit the size in bytes above which a stream is not recorded
	 */
	ChatStreams(ChatRoom room, ChatCalls calls, long limit) {
		this.room = room;
		this.listener = room.listener();
		this.calls = calls;
		this.limit = limit;
	}

	Flux<ChatResponse> stream(Prompt prompt) {
		CacheDirectives called = CacheDirectives.current();
		String scope = this.room.admission().currentScope(called);
		return Flux
			.deferContextual((context) -> admit(prompt, called.and(CacheDirectives.from(context)), context, scope));
	}

	private Flux<ChatResponse> admit(Prompt prompt, CacheDirectives directives, ContextView context,
			@Nullable String scope) {
		ChatAdmission.Admitted admitted = this.room.admission().admit(prompt, directives, context, scope);
		ChatRequest request = admitted.request();
		return (request != null) ? attempt(request, Context.of(context))
				: bypass(prompt, directives, admitted.status());
	}

	private Flux<ChatResponse> bypass(Prompt prompt, CacheDirectives directives, CacheStatus status) {
		if (directives.mustHit()) {
			return Flux.error(new CacheMissException(this.room.name(), status));
		}
		this.listener.onBypass(this.room.name(), status);
		this.listener.onModelCall(this.room.name());
		return this.room.delegate()
			.stream(prompt)
			.map((chunk) -> StreamRecorder.mayBeLast(chunk) ? StatusMark.on(chunk, status) : chunk);
	}

	/**
	 * Nothing is begun before the result is subscribed to, and whatever is begun then is
	 * ended by that subscription.
	 */
	private Flux<ChatResponse> attempt(ChatRequest request, Context context) {
		if (!this.room.cache().blocking()) {
			return proceed(request, context);
		}
		return Elsewhere.with(true)
			.onErrorReturn(false)
			.flatMapMany((there) -> Flux.defer(() -> there ? proceed(request, context)
					: bypass(request.prompt(), request.directives(), CacheStatus.bypass("busy"))));
	}

	private Flux<ChatResponse> proceed(ChatRequest request, Context context) {
		ChatFlights flights = this.room.flights();
		long landings = (flights != null) ? flights.landings() : 0;
		ChatLookup lookup = this.room.cache().find(request);
		ChatAnswer answer = lookup.answer();
		if (answer != null) {
			return replay(answer, lookup.status(), context);
		}
		ChatLookup.StaleAnswer stale = Staleness.whileRevalidating(request, lookup);
		if (stale != null) {
			this.calls.refresh(request);
			return replay(stale.answer(), stale.status().withDetail("stale-while-revalidate"), context);
		}
		if (request.directives().mustHit()) {
			return Flux.error(new CacheMissException(this.room.name(), lookup.status()));
		}
		return orStale(request, lookup, context, ask(request, lookup, context, landings));
	}

	private Flux<ChatResponse> ask(ChatRequest request, ChatLookup lookup, Context context, long landings) {
		ChatFlights flights = this.room.flights();
		if (flights == null || !ChatCalls.isShareable(request)) {
			return lead(request, lookup, context, null, false);
		}
		ChatFlights.Boarding boarding = flights.board(request.fingerprint());
		if (!boarding.leading()) {
			return follow(request, lookup, context, boarding.flight());
		}
		ChatLeases leases = this.room.leases();
		if (leases != null) {
			return claim(request, lookup, context, boarding.flight(), leases);
		}
		if (flights.landings() == landings) {
			return lead(request, lookup, context, boarding.flight(), false);
		}
		ChatLookup again = null;
		try {
			again = this.room.cache().findAgain(request, lookup);
		}
		finally {
			if (again == null || again.answer() != null) {
				flights.land(request.fingerprint(), boarding.flight(), new Landing.Abandoned());
			}
		}
		return (again.answer() != null) ? replay(again.answer(), again.status(), context)
				: lead(request, again, context, boarding.flight(), false);
	}

	/**
	 * Lead a flight once no other instance asks the model. Who leaves before that leaves
	 * no flight behind; afterwards the stream ends it, which others may follow.
	 */
	private Flux<ChatResponse> claim(ChatRequest request, ChatLookup lookup, Context context, ChatFlight flight,
			ChatLeases leases) {
		flight.leaveThread();
		AtomicBoolean settled = new AtomicBoolean();
		return leases.awaitElsewhere(request, lookup, flight).doOnCancel(() -> {
			if (settled.compareAndSet(false, true)) {
				abandon(request, flight);
			}
		}).flatMapMany((again) -> {
			if (!settled.compareAndSet(false, true)) {
				return Flux.empty();
			}
			ChatAnswer answer = again.answer();
			if (answer == null) {
				return lead(request, again, context, flight, false);
			}
			abandon(request, flight);
			return replay(answer, again.status(), context);
		});
	}

	private void abandon(ChatRequest request, ChatFlight flight) {
		ChatFlights flights = this.room.flights();
		if (flights != null) {
			flights.land(request.fingerprint(), flight, new Landing.Abandoned());
		}
	}

	private Flux<ChatResponse> replay(ChatAnswer answer, CacheStatus status, ContextView context) {
		this.listener.onHit(this.room.name(), status);
		this.listener.onSaved(this.room.name(), status, Savings.of(answer, context));
		return StreamReplay.chunks(answer, status);
	}

	private Flux<ChatResponse> lead(ChatRequest request, ChatLookup lookup, Context context,
			@Nullable ChatFlight flight, boolean promoted) {
		boolean shared = flight != null && !promoted;
		LiveStream stream = new LiveStream((flight != null) ? Ancestry.with(context, flight) : context,
				new StreamRecorder(this.limit), shared, new StreamEnding(this.room, request, lookup, flight, promoted));
		if (flight != null && shared) {
			flight.carry(stream);
		}
		return stream.lead(model(request));
	}

	private Publisher<ChatResponse> model(ChatRequest request) {
		try {
			this.listener.onModelCall(this.room.name());
			return this.room.delegate().stream(request.prompt());
		}
		catch (Throwable ex) {
			return Flux.error(ex);
		}
	}

	private Flux<ChatResponse> follow(ChatRequest request, ChatLookup lookup, Context context, ChatFlight flight) {
		if (flight.isLedByCurrentThread() || Ancestry.includes(context, flight)) {
			return lead(request, lookup, context, null, false);
		}
		LiveStream stream = flight.stream();
		if (stream == null) {
			return await(flight).flatMapMany((landing) -> landed(request, lookup, context, flight, landing));
		}
		Flux<ChatResponse> live = stream.follow(Flux.defer(() -> attempt(request, context)))
			.onErrorResume(LeaderInterruptedException.class, (ex) -> takeHisPlace(request, context));
		Duration maxWait = maxWait();
		return (maxWait == null) ? live : live.timeout(Mono.delay(maxWait), (chunk) -> Mono.never(),
				goOn(flight).flatMapMany((landing) -> landed(request, lookup, context, flight, landing)));
	}

	/**
	 * Begin again, and not on the thread that was interrupted.
	 */
	private Flux<ChatResponse> takeHisPlace(ChatRequest request, Context context) {
		return Elsewhere.with(true).onErrorReturn(false).flatMapMany((there) -> attempt(request, context));
	}

	/**
	 * Wait for a landing, of which one hears on another thread: that of the leader has
	 * its own caller to serve, and may have been interrupted.
	 */
	private Mono<Landing> await(ChatFlight flight) {
		if (flight.landing().isDone()) {
			return Mono.fromFuture(flight.landing(), true);
		}
		return Mono.defer(() -> {
			flight.join();
			return awaitLanding(flight).doFinally((signal) -> flight.leave());
		}).flatMap((landing) -> Elsewhere.with(landing).onErrorReturn(landing));
	}

	private Mono<Landing> awaitLanding(ChatFlight flight) {
		Mono<Landing> landing = Mono.fromFuture(flight.landing(), true);
		Duration maxWait = maxWait();
		return (maxWait == null) ? landing
				: landing.timeout(maxWait)
					.onErrorResume(TimeoutException.class,
							(ex) -> flight.promote() ? Mono.just(new Landing.Promoted()) : awaitLanding(flight));
	}

	/**
	 * Say how to go on to one who has followed a stream from which nothing comes. Unless
	 * he is promoted, he tries from the beginning.
	 */
	private static Mono<Landing> goOn(ChatFlight flight) {
		return Mono.<Landing>fromSupplier(() -> (!flight.landing().isDone() && flight.promote())
				? new Landing.Promoted() : new Landing.Abandoned())
			.flatMap((landing) -> Elsewhere.with(landing).onErrorReturn(landing));
	}

	private @Nullable Duration maxWait() {
		ChatFlights flights = this.room.flights();
		return (flights != null) ? flights.maxWait() : null;
	}

	private Flux<ChatResponse> landed(ChatRequest request, ChatLookup lookup, Context context, ChatFlight flight,
			Landing landing) {
		if (landing instanceof Landing.Failed failed) {
			return Flux.error(failed.failure());
		}
		if (landing instanceof Landing.Promoted) {
			return lead(request, lookup, context, flight, true);
		}
		ChatAnswer copy = (landing instanceof Landing.Shared shared) ? shared.copy() : null;
		if (copy != null && landing instanceof Landing.Shared shared) {
			CacheStatus status = shared.status().withCollapsed();
			this.listener.onMiss(this.room.name(), status);
			this.listener.onSaved(this.room.name(), status, Savings.of(copy, context));
			return StreamReplay.chunks(copy, status);
		}
		return (landing instanceof Landing.Abandoned) ? Flux.defer(() -> attempt(request, context))
				: lead(request, lookup, context, null, false);
	}

	private Flux<ChatResponse> orStale(ChatRequest request, ChatLookup lookup, Context context,
			Flux<ChatResponse> stream) {
		ChatLookup.StaleAnswer stale = Staleness.afterFailure(request, lookup);
		if (stale == null) {
			return stream;
		}
		AtomicBoolean begun = new AtomicBoolean();
		return stream.doOnNext((chunk) -> begun.set(true))
			.onErrorResume((ex) -> ex instanceof Exception && !begun.get(),
					(ex) -> replay(stale.answer(), stale.status().withDetail("stale-if-error"), context));
	}

}
