package io.modelcache.sample.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * A stand-in for an OpenAI-compatible provider, on a port of the loopback interface:
 * canned answers after a realistic delay, and a count of the calls.
 */
public final class StandInProvider implements AutoCloseable {

	static {
		// the server writes headers and body apart: Nagle would add 40 ms to every answer
		System.setProperty("sun.net.httpserver.nodelay", "true");
	}

	private final HttpServer server;

	private final ExecutorService workers;

	private final ChatEndpoint chat;

	private final EmbeddingEndpoint embeddings;

	private StandInProvider(HttpServer server, StandInProperties properties) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("stand-in-provider-");
		threads.setDaemon(true);
		this.workers = Executors.newCachedThreadPool(threads);
		this.chat = new ChatEndpoint(properties.chatDelay());
		this.embeddings = new EmbeddingEndpoint(properties.embeddingDelay());
		this.server = server;
		this.server.setExecutor(this.workers);
		this.server.createContext("/v1/chat/completions", this.chat);
		this.server.createContext("/v1/embeddings", this.embeddings);
	}

	static StandInProvider start(StandInProperties properties) {
		try {
			StandInProvider provider = new StandInProvider(listen(properties.port()), properties);
			provider.server.start();
			return provider;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The stand-in provider found no free port", ex);
		}
	}

	/**
	 * Another instance of the sample may have the port.
	 */
	private static HttpServer listen(int port) throws IOException {
		InetAddress loopback = InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 });
		try {
			return HttpServer.create(new InetSocketAddress(loopback, port), 0);
		}
		catch (BindException ex) {
			return HttpServer.create(new InetSocketAddress(loopback, 0), 0);
		}
	}

	/**
	 * Where to find the provider, as {@code spring.ai.openai.base-url} wants it.
	 * @return the address, with {@code /v1}
	 */
	String baseUrl() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/v1";
	}

	/**
	 * The calls seen so far.
	 * @return the number of calls per endpoint
	 */
	public ProviderCalls calls() {
		return new ProviderCalls(this.chat.calls(), this.embeddings.calls());
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.workers.shutdownNow();
	}

}
