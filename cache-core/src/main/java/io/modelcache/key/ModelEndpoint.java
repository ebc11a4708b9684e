package io.modelcache.key;

import java.util.Collections;
import java.util.SortedSet;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.core.NativeDetector;

/**
 * Where a model sends its requests: the addresses that its clients hold.
 * <p>
 * No interface of Spring AI tells them, so they are read from the fields of the model,
 * its API object and the clients of the SDKs and of Spring. A user and a password inside
 * an address are left out; keys, tokens and proxies are never read.
 *
 * @param addresses the addresses and what belongs to them, such as a region, each with
 * its name
 * @param known whether all clients could be read; if not, requests to different endpoints
 * could look the same
 */
public record ModelEndpoint(SortedSet<String> addresses, boolean known) {

	/**
	 * Read the endpoint of a model.
	 * @param model the model, or a proxy of it
	 * @return the endpoint; without addresses if the model has no client
	 */
	public static ModelEndpoint of(Object model) {
		try {
			EndpointSearch search = new EndpointSearch(target(model), NativeDetector.inNativeImage());
			boolean known = search.search();
			return new ModelEndpoint(search.addresses(), known);
		}
		catch (RuntimeException | LinkageError ex) {
			return new ModelEndpoint(Collections.emptySortedSet(), false);
		}
	}

	/**
	 * Write the addresses.
	 * @param form the form to write into
	 * @param name the name of the group
	 * @return the form
	 */
	public CanonicalForm write(CanonicalForm form, String name) {
		form.begin(name);
		this.addresses.forEach((address) -> form.text("address", address));
		return form.end();
	}

	private static Object target(Object model) {
		Object target = AopProxyUtils.getSingletonTarget(model);
		return (target != null) ? target(target) : model;
	}

}
