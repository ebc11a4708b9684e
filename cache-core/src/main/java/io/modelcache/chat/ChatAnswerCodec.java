package io.modelcache.chat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.modelcache.ValueCodec;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * Turns a {@link ChatAnswer} into bytes and back: the response, then its shape.
 */
final class ChatAnswerCodec implements ValueCodec<ChatAnswer> {

	private static final byte FORMAT = 1;

	private static final int USAGE_APART = 1;

	private static final int USAGE_WITHIN = 0;

	private final ChatResponseCodec responses = new ChatResponseCodec();

	@Override
	public byte format() {
		return FORMAT;
	}

	@Override
	public boolean compressible() {
		return true;
	}

	@Override
	public byte[] encode(ChatAnswer answer) {
		ByteWriter out = new ByteWriter();
		this.responses.write(out, answer.response());
		out.write(answer.shape().usageApart() ? USAGE_APART : USAGE_WITHIN);
		out.number(answer.shape().pieces().size());
		for (List<Integer> pieces : answer.shape().pieces()) {
			out.number(pieces.size());
			pieces.forEach(out::number);
		}
		return out.toByteArray();
	}

	@Override
	public ChatAnswer decode(ByteBuffer bytes) {
		ByteReader in = new ByteReader(bytes);
		ChatResponse response = this.responses.read(in);
		boolean usageApart = in.read() != USAGE_WITHIN;
		StreamShape shape = shape(in, usageApart);
		in.end();
		return new ChatAnswer(response, shape);
	}

	private static StreamShape shape(ByteReader in, boolean usageApart) {
		int size = in.count();
		if (size == 0 && usageApart) {
			return StreamShape.WHOLE;
		}
		List<List<Integer>> pieces = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			pieces.add(lengths(in));
		}
		return new StreamShape(pieces, usageApart);
	}

	private static List<Integer> lengths(ByteReader in) {
		int size = in.count();
		List<Integer> lengths = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			lengths.add(Math.toIntExact(in.number()));
		}
		return lengths;
	}

}
