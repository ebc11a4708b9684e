package io.modelcache.autoconfigure.metrics;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;

/**
 * Matches if there is something on the class path that can show figures.
 */
final class OnFiguresShownCondition extends AnyNestedCondition {

	OnFiguresShownCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	/**
	 * Meters can.
	 */
	@ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
	static final class Meters {

	}

	/**
	 * The actuator can.
	 */
	@ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.annotation.Endpoint")
	static final class Actuator {

	}

}
