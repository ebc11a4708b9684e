package io.modelcache.store.redis;

/**
 * What the servers do when their memory is full.
 */
final class ServerMemory {

	private final RedisLink link;

	private final Patience patience;

	ServerMemory(RedisLink link, Patience patience) {
		this.link = link;
		this.patience = patience;
	}

	/**
	 * Tell whether one of the servers may drop keys. One that does not say may.
	 */
	boolean mayDropKeys() {
		return this.patience.await(this.link.nodes()).stream().anyMatch(this::mayDropKeys);
	}

	private boolean mayDropKeys(String node) {
		try {
			String memory = this.patience.await(this.link.send(node, RedisRequest.of("INFO").add("memory"))).text(0);
			return memory == null || !(says(memory, "maxmemory:0") || says(memory, "maxmemory_policy:noeviction"));
		}
		catch (RuntimeException ex) {
			return true;
		}
	}

	private static boolean says(String memory, String line) {
		return memory.lines().anyMatch(line::equals);
	}

}
