package io.modelcache.autoconfigure;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that our failure analyzers are found and asked before those of Spring Boot, in
 * whatever order the libraries are on the class path.
 */
class FailureAnalyzerOrderTests {

	@Test
	void theMoreSpecialAnalyzersComeFirst() {
		List<String> names = analyzers().stream().map((analyzer) -> analyzer.getClass().getSimpleName()).toList();
		assertThat(names).containsSubsequence("HiddenModelFailureAnalyzer", "NoSuchBeanDefinitionFailureAnalyzer")
			.containsSubsequence("HiddenModelFailureAnalyzer", "BeanNotOfRequiredTypeFailureAnalyzer")
			.containsSubsequence("WrongValueFailureAnalyzer", "BindFailureAnalyzer")
			.contains("ConcreteInjectionFailureAnalyzer", "ProviderUnavailableFailureAnalyzer",
					"UnknownNameFailureAnalyzer");
	}

	private static List<FailureAnalyzer> analyzers() {
		ArgumentResolver arguments = ArgumentResolver.of(BeanFactory.class, new DefaultListableBeanFactory())
			.and(Environment.class, new StandardEnvironment());
		List<FailureAnalyzer> analyzers = SpringFactoriesLoader
			.forDefaultResourceLocation(FailureAnalyzerOrderTests.class.getClassLoader())
			.load(FailureAnalyzer.class, arguments, (type, name, failure) -> {
			});
		Collections.reverse(analyzers);
		AnnotationAwareOrderComparator.sort(analyzers);
		return analyzers;
	}

}
