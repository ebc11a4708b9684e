package io.modelcache.planted.autoconfigure;

import org.springframework.context.annotation.Configuration;

/**
 * A configuration that anybody can use.
 */
@Configuration(proxyBeanMethods = false)
public class OpenConfiguration {

}
