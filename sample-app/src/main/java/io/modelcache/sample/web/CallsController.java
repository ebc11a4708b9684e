package io.modelcache.sample.web;

import io.modelcache.sample.provider.ProviderCalls;
import io.modelcache.sample.provider.StandInProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says who answers, and how many calls the stand-in provider has seen.
 */
@RestController
class CallsController {

	private final ObjectProvider<StandInProvider> standIn;

	CallsController(ObjectProvider<StandInProvider> standIn) {
		this.standIn = standIn;
	}

	@GetMapping("/calls")
	Calls calls() {
		StandInProvider provider = this.standIn.getIfAvailable();
		return new Calls(provider != null, (provider != null) ? provider.calls() : null);
	}

	/**
	 * The answer.
	 *
	 * @param standIn whether the stand-in provider answers
	 * @param calls the calls it has seen; a real provider's are not counted here
	 */
	record Calls(boolean standIn, @Nullable ProviderCalls calls) {
	}

}
