package io.modelcache.store.redis;

import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One command for Redis.
 */
final class RedisRequest {

	private static final int NO_KEY = -1;

	private final String command;

	private final List<byte[]> arguments = new ArrayList<>();

	private int firstKey = NO_KEY;

	private RedisRequest(String command) {
		this.command = command;
	}

	static RedisRequest of(String command) {
		return new RedisRequest(command);
	}

	/**
	 * Start a call of a script.
	 * @param script the script
	 * @param keys its keys, all of one slot
	 */
	static RedisRequest script(String script, List<byte[]> keys) {
		RedisRequest request = of("EVAL").add(script).add(keys.size());
		keys.forEach(request::key);
		return request;
	}

	/**
	 * Add a key; the first one tells a cluster where the command goes.
	 */
	RedisRequest key(byte[] key) {
		if (this.firstKey == NO_KEY) {
			this.firstKey = this.arguments.size();
		}
		this.arguments.add(key);
		return this;
	}

	RedisRequest add(byte[] argument) {
		this.arguments.add(argument);
		return this;
	}

	RedisRequest add(String argument) {
		return add(argument.getBytes(UTF_8));
	}

	RedisRequest add(long argument) {
		return add(Long.toString(argument));
	}

	String command() {
		return this.command;
	}

	List<byte[]> arguments() {
		return this.arguments;
	}

	boolean isFirstKey(int index) {
		return index == this.firstKey;
	}

	/**
	 * Show the command, nothing of what is stored.
	 */
	@Override
	public String toString() {
		return this.command;
	}

}
