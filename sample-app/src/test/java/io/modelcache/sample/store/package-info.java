/**
 * A store of the application's own, from the class to the running cache.
 */
@NullMarked
package io.modelcache.sample.store;

import org.jspecify.annotations.NullMarked;
