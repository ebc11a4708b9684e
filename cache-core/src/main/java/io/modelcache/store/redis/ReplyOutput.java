package io.modelcache.store.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.NestedMultiOutput;

/**
 * Takes in the reply of any command; what is true or false becomes a number, as it is
 * with servers and protocols that do not know the difference.
 */
final class ReplyOutput extends NestedMultiOutput<byte[], byte[]> {

	ReplyOutput() {
		super(ByteArrayCodec.INSTANCE);
	}

	@Override
	public void set(boolean value) {
		set(value ? 1L : 0L);
	}

}
