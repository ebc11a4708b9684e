/**
 * A chat application that runs offline and shows what the cache does.
 */
@NullMarked
package io.modelcache.sample;

import org.jspecify.annotations.NullMarked;
