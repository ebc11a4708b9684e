package io.modelcache.store;

import java.io.IOException;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Says of a failure what may stand in a log: messages of libraries can quote the bytes
 * that they stumbled over, and these are somebody's questions and answers.
 * <p>
 * What is said are the types of the failure and its causes, with the messages of this
 * library and of networks and files; of others only a leading code such as
 * {@code READONLY}.
 */
public final class FailureText {

	private static final Pattern CODE = Pattern.compile("^[A-Z]{2,20}(?= |$)");

	private static final String OURS = "io.modelcache.";

	private static final int DEPTH = 5;

	private FailureText() {
	}

	/**
	 * Describe a failure.
	 * @param failure the failure, or {@code null} if it is not known
	 * @return one line without anything of a question or an answer
	 */
	public static String of(@Nullable Throwable failure) {
		StringJoiner text = new StringJoiner(", caused by ");
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < DEPTH; depth++) {
			text.add(one(cause));
			cause = cause.getCause();
		}
		return (failure != null) ? text.toString() : "unknown";
	}

	/**
	 * Strip a failure of the messages that may quote something.
	 * @param failure the failure
	 * @return something to log, with the same stack trace
	 */
	public static Throwable stripped(Throwable failure) {
		Stripped stripped = new Stripped(of(failure));
		stripped.setStackTrace(failure.getStackTrace());
		return stripped;
	}

	private static String one(Throwable failure) {
		String type = failure.getClass().getName();
		String message = failure.getMessage();
		if (message == null) {
			return type;
		}
		if (type.startsWith(OURS) || failure instanceof IOException) {
			return type + ": " + message.lines().findFirst().orElse("");
		}
		Matcher code = CODE.matcher(message);
		return code.find() ? type + ": " + code.group() : type;
	}

	/**
	 * Stands for a failure in a log.
	 */
	private static final class Stripped extends Exception {

		private static final long serialVersionUID = 1L;

		Stripped(String message) {
			super(message);
		}

	}

}
