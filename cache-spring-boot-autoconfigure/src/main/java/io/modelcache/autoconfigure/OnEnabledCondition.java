package io.modelcache.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches unless {@code modelcache.enabled} is switched off.
 * <p>
 * The condition of Spring Boot takes every value but {@code true} for an off, so that a
 * mistyped one would go unnoticed.
 */
final class OnEnabledCondition extends SpringBootCondition {

	private static final String PROPERTY = "modelcache.enabled";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean enabled = Binder.get(context.getEnvironment()).bind(PROPERTY, Boolean.class).orElse(true);
		return new ConditionOutcome(enabled,
				ConditionMessage.forCondition("modelcache").because(PROPERTY + "=" + enabled));
	}

}
