package io.modelcache.autoconfigure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * Finds properties of the cache that nothing reads, such as a misspelt one.
 * <p>
 * Variables of the environment and properties of the JVM are not looked at, as Spring
 * Boot does not, either, when it looks for unbound properties.
 */
final class UnknownProperties {

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("modelcache");

	/**
	 * Read by conditions.
	 */
	private static final List<ConfigurationPropertyName> SWITCHES = Stream.of("metrics.enabled", "observations.enabled")
		.map(ROOT::append)
		.toList();

	/**
	 * Read only by what comes with the actuator, and only where that is on.
	 */
	private static final List<ConfigurationPropertyName> OF_THE_ACTUATOR = List.of(ROOT.append("endpoint"),
			ROOT.append("prices"), ROOT.append("currency"));

	private final Environment environment;

	private final Set<ConfigurationPropertyName> known;

	private UnknownProperties(Environment environment, Set<ConfigurationPropertyName> known) {
		this.environment = environment;
		this.known = known;
	}

	/**
	 * Return what is wrong with each of them. No bean is created for that.
	 */
	static List<UnknownNameException> find(ConfigurableListableBeanFactory beanFactory, Environment environment) {
		return new UnknownProperties(environment, namesRead(beanFactory, environment)).find();
	}

	private List<UnknownNameException> find() {
		UnboundElementsSourceFilter filter = new UnboundElementsSourceFilter();
		List<UnknownNameException> unknown = new ArrayList<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable && filter.apply(source)) {
				iterable.stream()
					.filter((name) -> ROOT.isAncestorOf(name) && !isKnown(name))
					.forEach((name) -> unknown.add(UnknownNameException.ofProperty(name,
							source.getConfigurationProperty(name), nearest(name))));
			}
		}
		return unknown;
	}

	private boolean isKnown(ConfigurationPropertyName name) {
		return this.known.contains(name) || (name.isLastElementIndexed() && this.known.contains(name.getParent()))
				|| OF_THE_ACTUATOR.stream().anyMatch((part) -> isUnread(part) && isIn(part, name));
	}

	private boolean isUnread(ConfigurationPropertyName part) {
		return !this.known.contains(part);
	}

	private static boolean isIn(ConfigurationPropertyName part, ConfigurationPropertyName name) {
		return part.equals(name) || part.isAncestorOf(name);
	}

	/**
	 * Correct the first element of a name that leads nowhere.
	 */
	private @Nullable String nearest(ConfigurationPropertyName name) {
		int depth = ROOT.getNumberOfElements() + 1;
		while (depth < name.getNumberOfElements() && this.known.contains(name.chop(depth))) {
			depth++;
		}
		ConfigurationPropertyName parent = name.chop(depth - 1);
		List<String> siblings = this.known.stream()
			.filter(parent::isParentOf)
			.map((sibling) -> sibling.getLastElement(Form.DASHED))
			.toList();
		String nearest = NearestName.of(name.getElement(depth - 1, Form.DASHED), siblings);
		return (nearest != null) ? parent.append(nearest).toString() : null;
	}

	/**
	 * Bind all properties once more, only to see which names are asked for.
	 */
	private static Set<ConfigurationPropertyName> namesRead(ConfigurableListableBeanFactory beanFactory,
			Environment environment) {
		Names names = new Names();
		names.read.addAll(SWITCHES);
		Binder binder = Binder.get(environment);
		for (String beanName : beanFactory.getBeanDefinitionNames()) {
			ConfigurationProperties annotation = beanFactory.findAnnotationOnBean(beanName,
					ConfigurationProperties.class, false);
			Class<?> type = (annotation != null) ? beanFactory.getType(beanName, false) : null;
			if (annotation != null && type != null && isOurs(annotation.prefix())) {
				binder.bind(annotation.prefix(), Bindable.of(type), names);
			}
		}
		return names.read;
	}

	private static boolean isOurs(String prefix) {
		return ConfigurationPropertyName.isValid(prefix) && isIn(ROOT, ConfigurationPropertyName.of(prefix));
	}

	/**
	 * The names that are asked for.
	 */
	private static final class Names extends AbstractBindHandler {

		private final Set<ConfigurationPropertyName> read = new HashSet<>();

		@Override
		public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target,
				BindContext context) {
			this.read.add(name);
			return super.onStart(name, target, context);
		}

		/**
		 * What a wrong value does to the start, binding the bean itself has shown.
		 */
		@Override
		public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Exception error) {
			return null;
		}

	}

}
