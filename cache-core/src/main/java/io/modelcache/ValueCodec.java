package io.modelcache;

import java.nio.ByteBuffer;

/**
 * Turns the answers of one kind of model into bytes and back.
 * <p>
 * Implementations are safe for use by several threads.
 *
 * @param <V> the type of the answers
 */
public interface ValueCodec<V> {

	/**
	 * Return what tells the bytes of this codec from those of any other.
	 * @return the number of the format, the same for ever
	 */
	byte format();

	/**
	 * Tell whether its bytes are such that compression makes them fewer.
	 * @return whether it is worth a try
	 */
	boolean compressible();

	/**
	 * Make bytes of an answer.
	 * @param value the answer
	 * @return its bytes
	 * @throws UnstorableException if the answer cannot be brought back as it is
	 */
	byte[] encode(V value);

	/**
	 * Make an answer of bytes. The bytes are those that {@link #encode} returned, or
	 * anything at all if the store is broken in a way that checks do not find.
	 * @param bytes the bytes, backed by an array that must not be changed
	 * @return a new answer, which shares nothing with others
	 * @throws RuntimeException if the bytes are not those of an answer
	 */
	V decode(ByteBuffer bytes);

}
