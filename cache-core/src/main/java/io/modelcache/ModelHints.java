package io.modelcache;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.model.Model;
import org.springframework.ai.model.ModelOptions;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Keeps visible in a native image what keys are made of: the models of Spring AI on the
 * class path, their options and what these hold.
 */
final class ModelHints implements RuntimeHintsRegistrar {

	private static final String SPRING_AI = "org.springframework.ai";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		PropertyHints properties = new PropertyHints(hints);
		properties.register(ChatModel.class);
		properties.register(EmbeddingModel.class);
		for (BeanDefinition found : scanner(classLoader).findCandidateComponents(SPRING_AI)) {
			register(properties, String.valueOf(found.getBeanClassName()), classLoader);
		}
	}

	/**
	 * A class that cannot be loaded for want of a library cannot be used either.
	 */
	private static void register(PropertyHints properties, String className, @Nullable ClassLoader classLoader) {
		try {
			properties.register(ClassUtils.forName(className, classLoader));
		}
		catch (ClassNotFoundException | LinkageError ex) {
			// not used
		}
	}

	private static ClassPathScanningCandidateComponentProvider scanner(@Nullable ClassLoader classLoader) {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.setResourceLoader(new DefaultResourceLoader(classLoader));
		scanner.addIncludeFilter(new AssignableTypeFilter(Model.class));
		scanner.addIncludeFilter(new AssignableTypeFilter(ModelOptions.class));
		return scanner;
	}

}
