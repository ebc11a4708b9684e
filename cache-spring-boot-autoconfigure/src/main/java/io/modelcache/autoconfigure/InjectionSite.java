package io.modelcache.autoconfigure;

import java.lang.reflect.Member;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * The place where something is being injected right now.
 *
 * @param descriptor what the container knows of the place
 */
record InjectionSite(DependencyDescriptor descriptor) {

	static final String BEAN_NAME = "modelCacheInjectionSite";

	/**
	 * What the container describes the stream of a provider by; the class is private.
	 */
	private static final String STREAM = DefaultListableBeanFactory.class.getName() + "$StreamDependencyDescriptor";

	static InjectionSite of(InjectionPoint point) {
		if (point instanceof DependencyDescriptor descriptor) {
			return new InjectionSite(descriptor);
		}
		throw new IllegalArgumentException("The container does not say which type %s has".formatted(point));
	}

	/**
	 * Return the type of the bean that is wanted here, or of the beans.
	 */
	@Nullable Class<?> type() {
		Class<?> type = this.descriptor.getDependencyType();
		ResolvableType generic = this.descriptor.getResolvableType();
		if (type.isArray()) {
			return type.componentType();
		}
		if (Collection.class.isAssignableFrom(type)) {
			return generic.asCollection().resolveGeneric();
		}
		return Map.class.isAssignableFrom(type) ? generic.asMap().resolveGeneric(1) : type;
	}

	/**
	 * Tell whether one bean is wanted, rather than all of a type.
	 */
	boolean single() {
		return this.descriptor.getDependencyType() == type() && !streamed();
	}

	/**
	 * Tell whether all beans of a type are wanted by their names: for a map, or for the
	 * stream of a provider, which looks them up.
	 */
	boolean named() {
		return Map.class.isAssignableFrom(this.descriptor.getDependencyType()) || streamed();
	}

	private boolean streamed() {
		return this.descriptor.getClass().getName().equals(STREAM);
	}

	@Override
	public String toString() {
		Member member = this.descriptor.getMember();
		String owner = member.getDeclaringClass().getName();
		return member.getName().equals(owner) ? owner : owner + "." + member.getName();
	}

}
