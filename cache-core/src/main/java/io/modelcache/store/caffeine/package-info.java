/**
 * Bytes kept in this JVM by Caffeine.
 */
@NullMarked
package io.modelcache.store.caffeine;

import org.jspecify.annotations.NullMarked;
