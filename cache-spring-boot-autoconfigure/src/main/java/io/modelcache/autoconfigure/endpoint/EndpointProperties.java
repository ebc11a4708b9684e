package io.modelcache.autoconfigure.endpoint;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the actuator endpoint.
 *
 * @param showContents When to show stored questions, which have to be stored for that.
 * Answers are never shown.
 * @param roles Roles of which a user must have one to be authorized; without any, whoever
 * is authenticated is.
 */
@ConfigurationProperties("modelcache.endpoint")
record EndpointProperties(@DefaultValue("never") Show showContents, @DefaultValue Set<String> roles) {

}
