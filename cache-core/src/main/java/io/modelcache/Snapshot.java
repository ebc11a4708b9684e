package io.modelcache;

import java.nio.ByteBuffer;

/**
 * A picture of an answer at one moment, from which any number of copies can be made.
 * <p>
 * Immutable.
 *
 * @param <V> the type of the answer
 */
public final class Snapshot<V> {

	private final ValueCodec<V> codec;

	private final byte[] bytes;

	Snapshot(ValueCodec<V> codec, byte[] bytes) {
		this.codec = codec;
		this.bytes = bytes;
	}

	/**
	 * Make a copy, which shares nothing with others.
	 * @return the answer as it was
	 */
	public V copy() {
		return this.codec.decode(ByteBuffer.wrap(this.bytes));
	}

	byte[] bytes() {
		return this.bytes;
	}

}
