/**
 * The vocabulary and the engine that chat and embedding caching share.
 */
@NullMarked
package io.modelcache;

import org.jspecify.annotations.NullMarked;
