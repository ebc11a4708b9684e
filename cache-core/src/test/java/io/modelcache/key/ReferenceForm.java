package io.modelcache.key;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The canonical form once more, slow and plain: it writes all bytes into one array, and
 * reads the fields back from them. That they come back proves that no two sequences of
 * fields have the same bytes.
 */
final class ReferenceForm {

	private static final int SEGMENT = 512;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private ReferenceForm() {
	}

	static byte[] encode(String kind, int version, List<Field> fields) {
		ReferenceForm form = new ReferenceForm();
		form.write(new Field.Whole("form", CanonicalForm.VERSION));
		form.write(new Field.Text("kind", kind));
		form.write(new Field.Whole("version", version));
		fields.forEach(form::write);
		return form.bytes.toByteArray();
	}

	static Fingerprint fingerprint(byte[] bytes) throws NoSuchAlgorithmException {
		return Fingerprint.of(MessageDigest.getInstance("SHA-256").digest(bytes));
	}

	/**
	 * Read the fields, without the three that every form starts with.
	 */
	static List<Field> decode(byte[] bytes) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		List<Field> fields = read(buffer, bytes.length);
		return fields.subList(3, fields.size());
	}

	private void write(Field field) {
		if (field instanceof Field.Text text) {
			tag(1, text.name());
			characters(text.value());
		}
		else if (field instanceof Field.Whole whole) {
			tag(2, whole.name());
			fixed(whole.value());
		}
		else if (field instanceof Field.Decimal decimal) {
			tag(3, decimal.name());
			fixed(Double.doubleToLongBits(decimal.value()));
		}
		else if (field instanceof Field.Flag flag) {
			tag(flag.value() ? 5 : 4, flag.name());
		}
		else if (field instanceof Field.Bytes raw) {
			tag(6, raw.name());
			length(raw.value().length);
			this.bytes.writeBytes(raw.value());
		}
		else if (field instanceof Field.Digest digest) {
			tag(7, digest.name());
			this.bytes.writeBytes(digest.value().toBytes());
		}
		else if (field instanceof Field.Group group) {
			tag(8, group.name());
			group.fields().forEach(this::write);
			this.bytes.write(0);
		}
	}

	private void tag(int tag, String name) {
		this.bytes.write(tag);
		characters(name);
	}

	private void fixed(long value) {
		this.bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
	}

	private void length(int value) {
		int rest = value;
		while (rest >= 128) {
			this.bytes.write(rest % 128 + 128);
			rest /= 128;
		}
		this.bytes.write(rest);
	}

	private void characters(String text) {
		length(text.length());
		for (int start = 0; start < text.length(); start += SEGMENT) {
			String segment = text.substring(start, Math.min(text.length(), start + SEGMENT));
			boolean wide = segment.chars().anyMatch((c) -> c > 255);
			this.bytes.write(wide ? 2 : 1);
			for (char c : segment.toCharArray()) {
				this.bytes.write(c & 0xff);
				if (wide) {
					this.bytes.write(c >> 8);
				}
			}
		}
	}

	private static List<Field> read(ByteBuffer buffer, int end) {
		List<Field> fields = new ArrayList<>();
		while (buffer.position() < end) {
			byte tag = buffer.get();
			if (tag == 0) {
				return fields;
			}
			fields.add(read(buffer, tag, readCharacters(buffer), end));
		}
		return fields;
	}

	private static Field read(ByteBuffer buffer, byte tag, String name, int end) {
		return switch (tag) {
			case 1 -> new Field.Text(name, readCharacters(buffer));
			case 2 -> new Field.Whole(name, buffer.getLong());
			case 3 -> new Field.Decimal(name, buffer.getDouble());
			case 4 -> new Field.Flag(name, false);
			case 5 -> new Field.Flag(name, true);
			case 6 -> {
				byte[] value = new byte[readLength(buffer)];
				buffer.get(value);
				yield new Field.Bytes(name, value);
			}
			case 7 -> new Field.Digest(name, Fingerprint.read(buffer));
			case 8 -> new Field.Group(name, read(buffer, end));
			default -> throw new IllegalStateException("No field has the tag " + tag);
		};
	}

	private static int readLength(ByteBuffer buffer) {
		int value = 0;
		int shift = 0;
		byte next;
		do {
			next = buffer.get();
			value |= (next & 0x7f) << shift;
			shift += 7;
		}
		while (next < 0);
		return value;
	}

	private static String readCharacters(ByteBuffer buffer) {
		int length = readLength(buffer);
		StringBuilder text = new StringBuilder(length);
		boolean wide = false;
		for (int i = 0; i < length; i++) {
			if (i % SEGMENT == 0) {
				wide = buffer.get() == 2;
			}
			int low = buffer.get() & 0xff;
			text.append((char) (wide ? low | buffer.get() << 8 : low));
		}
		return text.toString();
	}

}
