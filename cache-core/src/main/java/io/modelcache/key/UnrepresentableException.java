package io.modelcache.key;

/**
 * Thrown when a request holds something that has no canonical form, so that it must not
 * be cached.
 * <p>
 * The message names the field and the type, never the value.
 */
public final class UnrepresentableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String field;

	private final String why;

	/**
	 * Create an exception for one field.
	 * @param field the path of the field, such as {@code options.toolChoice}
	 * @param why what is wrong with it, without its value
	 */
	public UnrepresentableException(String field, String why) {
		super("'%s' cannot be part of a cache key: %s".formatted(field, why), null, false, false);
		this.field = field;
		this.why = why;
	}

	/**
	 * Say that the field belongs to another one.
	 * @param parent the path of the other one
	 * @return an exception for the longer path
	 */
	public UnrepresentableException inside(String parent) {
		return new UnrepresentableException(parent + "." + this.field, this.why);
	}

	/**
	 * Return the path of the field.
	 * @return the path, such as {@code options.toolChoice}
	 */
	public String field() {
		return this.field;
	}

	/**
	 * Return what to count this under: the path without the numbers of elements, so that
	 * there are not more of them than there are fields.
	 * @return the reason, such as {@code unrepresentable:messages.media.data}
	 */
	public String reason() {
		return "unrepresentable:" + this.field.replaceAll("\\.\\d+", "");
	}

}
