/**
 * Caching of embedding models.
 */
@NullMarked
package io.modelcache.embedding;

import org.jspecify.annotations.NullMarked;
