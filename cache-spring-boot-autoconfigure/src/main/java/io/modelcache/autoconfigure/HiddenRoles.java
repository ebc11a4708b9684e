package io.modelcache.autoconfigure;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationListener;
import org.springframework.context.Lifecycle;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;

/**
 * What others look for in the bean as everybody sees it, and would not find in a model
 * inside its decorator.
 */
final class HiddenRoles {

	private static final List<Class<?>> CALLBACKS = List.of(Lifecycle.class, ApplicationListener.class,
			SmartInitializingSingleton.class);

	/**
	 * Names, because most of them are not on the class path.
	 */
	private static final List<String> ANNOTATIONS = List.of("org.springframework.scheduling.annotation.Scheduled",
			"org.springframework.context.event.EventListener", "org.springframework.jms.annotation.JmsListener",
			"org.springframework.kafka.annotation.KafkaListener",
			"org.springframework.amqp.rabbit.annotation.RabbitListener");

	private final Map<Class<?>, Optional<String>> conflicts = new ConcurrentHashMap<>();

	/**
	 * Return why a decorator must not hide a class.
	 * @return the reason, or {@code null} if it may
	 */
	@Nullable String conflict(Class<?> type) {
		return this.conflicts.computeIfAbsent(type, (same) -> Optional.ofNullable(find(same))).orElse(null);
	}

	private static @Nullable String find(Class<?> type) {
		for (Class<?> callback : CALLBACKS) {
			if (callback.isAssignableFrom(type)) {
				return "it also implements %s, which the container would not call through a cache"
					.formatted(callback.getSimpleName());
			}
		}
		for (Class<?> role : ClassUtils.getAllInterfacesForClassAsSet(type)) {
			String framework = framework(role.getName());
			if (framework != null) {
				return "it also implements %s, which %s would not find through a cache".formatted(role.getSimpleName(),
						framework);
			}
		}
		String annotation = annotation(type);
		return (annotation != null)
				? "it has a method with @%s, which the container would not find through a cache".formatted(annotation)
				: null;
	}

	private static @Nullable String framework(String name) {
		if (name.startsWith("org.springframework.boot.")) {
			return "Spring Boot";
		}
		return name.startsWith("io.micrometer.") ? "Micrometer" : null;
	}

	private static @Nullable String annotation(Class<?> type) {
		try {
			return MethodIntrospector.selectMethods(type, HiddenRoles::annotationOn)
				.values()
				.stream()
				.findFirst()
				.orElse(null);
		}
		catch (IllegalStateException | LinkageError ex) {
			return null; // the container cannot read the methods either
		}
	}

	private static @Nullable String annotationOn(AnnotatedElement method) {
		MergedAnnotations annotations = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
		for (String annotation : ANNOTATIONS) {
			if (annotations.isPresent(annotation)) {
				return ClassUtils.getShortName(annotation);
			}
		}
		return null;
	}

}
