/**
 * Decorates the model beans of a Spring Boot application.
 */
@NullMarked
package io.modelcache.autoconfigure;

import org.jspecify.annotations.NullMarked;
