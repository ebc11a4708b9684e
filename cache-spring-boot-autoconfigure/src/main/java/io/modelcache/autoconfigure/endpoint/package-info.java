/**
 * What the actuator shows of the cache.
 */
@NullMarked
package io.modelcache.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
