package io.modelcache.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;

/**
 * Keeps visible in a native image what tells one model from another: the fields and the
 * methods of each model bean, also of one that no library knows.
 */
final class ModelBeanHints implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Class<?> type = registeredBean.getBeanClass();
		boolean named = type.getCanonicalName() != null;
		return (named && ModelKind.of(type) != null) ? (generation, code) -> register(generation, type) : null;
	}

	private static void register(GenerationContext generation, Class<?> type) {
		for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
			generation.getRuntimeHints()
				.reflection()
				.registerType(level, MemberCategory.ACCESS_DECLARED_FIELDS, MemberCategory.INVOKE_PUBLIC_METHODS);
		}
	}

}
