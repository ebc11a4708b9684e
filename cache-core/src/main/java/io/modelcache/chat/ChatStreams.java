package io.modelcache.chat;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.modelcache.CacheDirectives;
import io.modelcache.CacheListener;
import io.modelcache.CacheMissException;
import io.modelcache.CacheStatus;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
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

	private final @Nullable Duration maxWait;

	/**
	 * Create the way.
	 * @param room what calls and streams have in common
	 * @param calls renews stale answers
	 * @param limit the size in bytes above which a stream is not recorded
	 * @param maxWait after which time a follower is promoted, or {@code null} for never
	 */
	ChatStreams(ChatRoom room, ChatCalls calls, long limit, @Nullable Duration maxWait) {
		this.room = room;
		this.listener = room.listener();
		this.calls = calls;
		this.limit = limit;
		this.maxWait = maxWait;
	}

	Flux<ChatResponse> stream(Prompt prompt) {
		CacheDirectives called = this.room.admission().inCurrentScope(CacheDirectives.current());
		return Flux.deferContextual((context) -> admit(prompt, called.and(CacheDirectives.from(context)), context));
	}

	private Flux<ChatResponse> admit(Prompt prompt, CacheDirectives directives, ContextView context) {
		ChatAdmission.Admitted admitted = this.room.admission().admit(prompt, directives, context);
		ChatRequest request = admitted.request();
		if (request != null) {
			return attempt(request, Context.of(context));
		}
		CacheStatus status = admitted.status();
		if (directives.mustHit()) {
			return Flux.error(new CacheMissException(this.room.name(), status));
		}
		this.listener.onBypass(this.room.name(), status);
		return this.room.delegate()
			.stream(prompt)
			.map((chunk) -> StreamRecorder.mayBeLast(chunk) ? StatusMark.on(chunk, status) : chunk);
	}

	private Flux<ChatResponse> attempt(ChatRequest request, Context context) {
		if (!this.room.cache().blocking()) {
			return proceed(request, context);
		}
		return Mono.fromSupplier(() -> proceed(request, context))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMapMany((flux) -> flux);
	}

	private Flux<ChatResponse> proceed(ChatRequest request, Context context) {
		ChatFlights flights = this.room.flights();
		long landings = (flights != null) ? flights.landings() : 0;
		ChatLookup lookup = this.room.cache().find(request);
		ChatAnswer answer = lookup.answer();
		if (answer != null) {
			return replay(answer, lookup.status());
		}
		ChatLookup.StaleAnswer stale = Staleness.whileRevalidating(request, lookup);
		if (stale != null) {
			this.room.refresher().refresh(() -> this.calls.refresh(request, lookup));
			return replay(stale.answer(), stale.status().withDetail("stale-while-revalidate"));
		}
		if (request.directives().mustHit()) {
			return Flux.error(new CacheMissException(this.room.name(), lookup.status()));
		}
		return orStale(request, lookup, ask(request, lookup, context, landings));
	}

	private Flux<ChatResponse> ask(ChatRequest request, ChatLookup lookup, Context context, long landings) {
		ChatFlights flights = this.room.flights();
		if (flights == null || !ChatCalls.isShareable(request)) {
			return lead(request, lookup, context, null);
		}
		ChatFlights.Boarding boarding = flights.board(request.fingerprint());
		if (!boarding.leading()) {
			return follow(request, lookup, context, boarding.flight());
		}
		if (flights.landings() != landings) {
			ChatAnswer answer = this.room.cache().find(request).answer();
			if (answer != null) {
				flights.land(request.fingerprint(), boarding.flight(), new Landing.Abandoned());
				return Flux.defer(() -> attempt(request, context));
			}
		}
		return lead(request, lookup, context, boarding.flight());
	}

	private Flux<ChatResponse> replay(ChatAnswer answer, CacheStatus status) {
		this.listener.onHit(this.room.name(), status);
		return StreamReplay.chunks(answer, status);
	}

	private Flux<ChatResponse> lead(ChatRequest request, ChatLookup lookup, Context context,
			@Nullable ChatFlight flight) {
		LiveStream stream = new LiveStream(context, new StreamRecorder(this.limit),
				new StreamEnding(this.room, request, lookup, flight));
		if (flight != null) {
			flight.carry(stream);
		}
		return stream.lead(model(request));
	}

	private Publisher<ChatResponse> model(ChatRequest request) {
		try {
			return this.room.delegate().stream(request.prompt());
		}
		catch (Throwable ex) {
			return Flux.error(ex);
		}
	}

	private Flux<ChatResponse> follow(ChatRequest request, ChatLookup lookup, Context context, ChatFlight flight) {
		LiveStream stream = flight.stream();
		if (stream != null) {
			return stream.follow(Flux.defer(() -> attempt(request, context)));
		}
		if (flight.isLedByCurrentThread()) {
			return lead(request, lookup, context, null);
		}
		return await(flight).flatMapMany((landing) -> landed(request, lookup, context, landing));
	}

	private Mono<Landing> await(ChatFlight flight) {
		Mono<Landing> landing = Mono.fromFuture(flight.landing(), true);
		if (this.maxWait == null) {
			return landing;
		}
		return landing.timeout(this.maxWait)
			.onErrorResume(TimeoutException.class,
					(ex) -> flight.promote() ? Mono.just(new Landing.Unfit()) : await(flight));
	}

	private Flux<ChatResponse> landed(ChatRequest request, ChatLookup lookup, Context context, Landing landing) {
		if (landing instanceof Landing.Shared shared) {
			CacheStatus status = shared.status().withCollapsed();
			this.listener.onMiss(this.room.name(), status);
			return StreamReplay.chunks(shared.answer().copy(), status);
		}
		if (landing instanceof Landing.Failed failed) {
			return Flux.error(failed.failure());
		}
		return (landing instanceof Landing.Abandoned) ? attempt(request, context)
				: lead(request, lookup, context, null);
	}

	private Flux<ChatResponse> orStale(ChatRequest request, ChatLookup lookup, Flux<ChatResponse> stream) {
		ChatLookup.StaleAnswer stale = Staleness.afterFailure(request, lookup);
		if (stale == null) {
			return stream;
		}
		AtomicBoolean begun = new AtomicBoolean();
		return stream.doOnNext((chunk) -> begun.set(true))
			.onErrorResume((ex) -> ex instanceof Exception && !begun.get(),
					(ex) -> replay(stale.answer(), stale.status().withDetail("stale-if-error")));
	}

	/**
	 * What happens when a stream of the model ends.
	 */
	private static final class StreamEnding implements LiveStream.Ending {

		private final ChatRoom room;

		private final ChatRequest request;

		private final ChatLookup lookup;

		private final @Nullable ChatFlight flight;

		StreamEnding(ChatRoom room, ChatRequest request, ChatLookup lookup, @Nullable ChatFlight flight) {
			this.room = room;
			this.request = request;
			this.lookup = lookup;
			this.flight = flight;
		}

		@Override
		public void completed(@Nullable ChatAnswer answer, Consumer<CacheStatus> then) {
			if (this.room.cache().blocking()) {
				Schedulers.boundedElastic().schedule(() -> keep(answer, then));
			}
			else {
				keep(answer, then);
			}
		}

		@Override
		public void failed(Throwable failure) {
			land(new Landing.Failed(failure));
		}

		@Override
		public void abandoned() {
			land(new Landing.Abandoned());
		}

		@Override
		public void unkept() {
			this.room.listener().onReject(this.room.name(), "too-large");
			land(new Landing.Unfit());
		}

		private void keep(@Nullable ChatAnswer answer, Consumer<CacheStatus> then) {
			CacheStatus status = this.lookup.status();
			try {
				ChatKeeper.Kept kept = this.room.keeper().keep(this.request, this.lookup, answer);
				status = kept.status();
				land(kept.landing());
				this.room.listener().onMiss(this.room.name(), status);
			}
			finally {
				then.accept(status);
			}
		}

		private void land(Landing landing) {
			ChatFlights flights = this.room.flights();
			if (flights != null && this.flight != null) {
				flights.land(this.request.fingerprint(), this.flight, landing);
			}
		}

	}

}
