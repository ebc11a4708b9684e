package io.modelcache.autoconfigure;

import java.lang.reflect.Method;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;

/**
 * Puts a cache inside the proxy of a model, as the last of its interceptors, so that its
 * aspects stay what they were and the proxy keeps its type.
 *
 * @param decorated the model with a cache around it
 * @param contract what the cache answers; all else goes to the model itself
 */
record ModelProxy(Object decorated, Class<?> contract) implements MethodInterceptor {

	/**
	 * Return the model behind a proxy that can take one more interceptor.
	 * @param bean a bean, which may be such a proxy
	 * @return the model, or the bean itself if it is something else
	 */
	static Object target(Object bean) {
		Object target = (bean instanceof Advised advised && !advised.isFrozen())
				? AopProxyUtils.getSingletonTarget(bean) : null;
		return (target != null) ? target : bean;
	}

	/**
	 * Return what becomes of a bean: its decorator, or the same proxy with the decorator
	 * inside.
	 */
	static Object wrap(Object bean, Object decorated, Class<?> contract) {
		if (target(bean) == bean) {
			return decorated;
		}
		((Advised) bean).addAdvice(new ModelProxy(decorated, contract));
		return bean;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Method called = invocation.getMethod();
		Method method = ClassUtils.getMethodIfAvailable(this.contract, called.getName(), called.getParameterTypes());
		return (method != null)
				? AopUtils.invokeJoinpointUsingReflection(this.decorated, method, invocation.getArguments())
				: invocation.proceed();
	}

}
