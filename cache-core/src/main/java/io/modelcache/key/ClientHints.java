package io.modelcache.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Keeps visible in a native image where the clients on the class path hold addresses, and
 * how the SDKs write JSON.
 */
final class ClientHints implements RuntimeHintsRegistrar {

	/**
	 * The clients, and what leads from them to an address.
	 */
	private static final List<String> CLIENTS = List.of("com/openai/client/*", "com/openai/core/**/*",
			"com/openai/credential/*", "com/anthropic/client/*", "com/anthropic/backends/*", "com/anthropic/core/**/*",
			"com/anthropic/credential*/*", "com/anthropic/internal/core/**/*", "com/google/genai/*",
			"com/google/genai/types/*HttpOptions", "org/springframework/ai/**/http/**/*",
			"org/springframework/web/client/*", "org/springframework/web/reactive/function/client/*",
			"org/springframework/web/util/*");

	private static final List<String> MAPPERS = List.of("com.openai.core.ObjectMappers",
			"com.anthropic.core.ObjectMappers", "com.fasterxml.jackson.databind.json.JsonMapper",
			"com.fasterxml.jackson.databind.ObjectMapper", "org.springframework.web.util.UriComponentsBuilder");

	private static final String PACKAGE = ".package-info";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		for (String mapper : MAPPERS) {
			hints.reflection().registerTypeIfPresent(classLoader, mapper, MemberCategory.INVOKE_PUBLIC_METHODS);
		}
		try {
			registerClients(hints, new PathMatchingResourcePatternResolver(classLoader),
					new CachingMetadataReaderFactory(classLoader));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void registerClients(RuntimeHints hints, ResourcePatternResolver resolver,
			MetadataReaderFactory reader) throws IOException {
		for (String client : CLIENTS) {
			for (Resource resource : resolver.getResources("classpath*:%s.class".formatted(client))) {
				String name = reader.getMetadataReader(resource).getClassMetadata().getClassName();
				if (!name.endsWith(PACKAGE)) {
					hints.reflection().registerType(TypeReference.of(name), MemberCategory.ACCESS_DECLARED_FIELDS);
				}
			}
		}
	}

}
