package io.modelcache.chat.semantic;

import java.util.List;

/**
 * Refuses questions that quote different words or code.
 */
final class QuotationGuard implements Guard {

	@Override
	public String name() {
		return "quotation";
	}

	@Override
	public boolean refuses(Comparison comparison) {
		List<String> asked = comparison.askedQuestion().quotations();
		List<String> cached = comparison.cachedQuestion().quotations();
		return !asked.isEmpty() && !cached.isEmpty() && !asked.equals(cached);
	}

}
