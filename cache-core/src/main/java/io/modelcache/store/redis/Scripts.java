package io.modelcache.store.redis;

/**
 * What Redis does at a stroke, where one command is not enough. All keys of a call are of
 * one slot.
 */
final class Scripts {

	/**
	 * Put an entry and its places in the sets of its tags, which live as long as the
	 * entry in them that lives longest. From a set that lives for ever, two places at
	 * random are removed if their entries have gone. Keys: the entry, the sets.
	 * Arguments: the digits of the fingerprint, the value, the time to live or -1.
	 * Returns whether there was an entry before.
	 */
	static final String PUT = """
			local existed = redis.call('EXISTS', KEYS[1])
			local score = '+inf'
			local t = redis.call('TIME')
			local now = t[1] * 1000 + math.floor(t[2] / 1000)
			if ARGV[3] == '-1' then
				redis.call('SET', KEYS[1], ARGV[2])
			else
				redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
				score = string.format('%.0f', now + ARGV[3])
			end
			for i = 2, #KEYS do
				redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', string.format('%.0f', now))
				redis.call('ZADD', KEYS[i], score, ARGV[1])
				local longest = redis.call('ZRANGE', KEYS[i], -1, -1, 'WITHSCORES')[2]
				if longest == 'inf' then
					redis.call('PERSIST', KEYS[i])
					for _, place in ipairs(redis.pcall('ZRANDMEMBER', KEYS[i], 2)) do
						local entry = string.sub(KEYS[1], 1, 1 - #place) .. string.sub(place, 3)
						if redis.pcall('EXISTS', entry) == 0 then redis.call('ZREM', KEYS[i], place) end
					end
				else
					redis.call('PEXPIREAT', KEYS[i], string.format('%.0f', longest))
				end
			end
			return existed
			""";

	/**
	 * Remove an entry and its places in the sets of its tags. Keys: the entry, the sets.
	 * Argument: the digits of the fingerprint. Returns how many entries there were.
	 */
	static final String EVICT = """
			for i = 2, #KEYS do
				redis.call('ZREM', KEYS[i], ARGV[1])
			end
			return redis.call('UNLINK', KEYS[1])
			""";

	/**
	 * Remove places in the set of a tag whose entries have gone or do not have the tag
	 * any more. Keys: the set, the entries. Arguments: the tag as it is written in an
	 * entry, the digits of the fingerprints. Returns how many.
	 */
	static final String SWEEP = """
			local swept = 0
			for i = 2, #KEYS do
				local labels = redis.call('GETRANGE', KEYS[i], 0, 65535)
				if not string.find(labels, ARGV[1], 1, true) then
					swept = swept + redis.call('ZREM', KEYS[1], ARGV[i])
				end
			end
			return swept
			""";

	/**
	 * Take or extend a lease. Key: the lease. Arguments: the holder, the time to live.
	 * Returns 1 if the holder has it now.
	 */
	static final String ACQUIRE = """
			if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
			if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
			redis.call('PEXPIRE', KEYS[1], ARGV[2])
			return 1
			""";

	/**
	 * Give a lease back. Key: the lease. Argument: the holder. Returns 1 if the holder
	 * had it.
	 */
	static final String RELEASE = """
			if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
			return 0
			""";

	/**
	 * Put an element into a vector set, which lives as long as the element in it that
	 * lives longest, and remove a few others that have ended. Key: the set. Arguments:
	 * the vector, the element, its end in milliseconds as an attribute, the same or -1.
	 */
	static final String ADD_VECTOR = """
			local existed = redis.call('EXISTS', KEYS[1])
			redis.call('VADD', KEYS[1], 'FP32', ARGV[1], ARGV[2], 'NOQUANT', 'SETATTR', '{"until":' .. ARGV[3] .. '}')
			if ARGV[4] == '-1' then
				redis.call('PERSIST', KEYS[1])
			elseif existed == 1 then
				redis.call('PEXPIREAT', KEYS[1], ARGV[4], 'GT')
			else
				redis.call('PEXPIREAT', KEYS[1], ARGV[4])
			end
			local t = redis.call('TIME')
			local now = t[1] * 1000 + math.floor(t[2] / 1000)
			for _, element in ipairs(redis.call('VRANDMEMBER', KEYS[1], 4)) do
				local attributes = redis.call('VGETATTR', KEYS[1], element)
				local ending = tonumber(string.match(attributes or '', '"until":(%d+)'))
				if ending and ending <= now then redis.call('VREM', KEYS[1], element) end
			end
			return 1
			""";

	private Scripts() {
	}

}
