package io.modelcache.chat.semantic;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.DoubleSupplier;

import io.modelcache.CacheOperation;
import io.modelcache.chat.ChatCacheContext;
import io.modelcache.chat.ChatRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Asks the model, in the background and for a share of the answers given to similar
 * questions, what it would have answered. That measures how many are wrong.
 */
final class ShadowChecks {

	private final ChatCacheContext context;

	private final double rate;

	private final DoubleSupplier dice;

	private final AnswerJudge judge;

	private final Strictness strictness;

	/**
	 * Create the checks.
	 * @param rate the share of answers that are checked, from 0 to 1
	 * @param dice gives numbers from 0 to 1, without 1
	 */
	ShadowChecks(ChatCacheContext context, double rate, DoubleSupplier dice, AnswerJudge judge, Strictness strictness) {
		this.context = context;
		this.rate = rate;
		this.dice = dice;
		this.judge = judge;
		this.strictness = strictness;
	}

	/**
	 * Check an answer, if it is its turn. Nothing is checked when there is too much to
	 * do.
	 * @param wrong told if the answer is wrong
	 */
	void consider(ChatRequest request, String question, ChatResponse given, double similarity, Runnable wrong) {
		if (this.rate <= 0 || this.dice.getAsDouble() >= this.rate) {
			return;
		}
		Prompt prompt = new Prompt(List.copyOf(request.prompt().getInstructions()), request.options());
		String answer = text(given);
		try {
			this.context.background().execute(() -> check(prompt, question, answer, similarity, wrong));
		}
		catch (RejectedExecutionException ex) {
			this.context.failures().report(CacheOperation.SHADOW, ex);
		}
	}

	private void check(Prompt prompt, String question, String given, double similarity, Runnable wrong) {
		try {
			this.context.listener().onModelCall(this.context.settings().name());
			String fresh = text(this.context.model().call(prompt));
			if (fresh.isBlank()) {
				return;
			}
			boolean right = this.judge.saySame(question, given, fresh);
			this.context.listener().onShadowCheck(this.context.settings().name(), similarity, right);
			this.strictness.checked(right);
			if (!right) {
				wrong.run();
			}
		}
		catch (Throwable ex) {
			this.context.failures().report(CacheOperation.SHADOW, ex);
		}
	}

	private static String text(@Nullable ChatResponse response) {
		Generation generation = (response != null) ? response.getResult() : null;
		String text = (generation != null) ? generation.getOutput().getText() : null;
		return (text != null) ? text : "";
	}

}
