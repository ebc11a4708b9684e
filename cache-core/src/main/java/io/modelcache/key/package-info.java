/**
 * The way from a request to its fingerprint: one canonical form, one hash.
 */
@NullMarked
package io.modelcache.key;

import org.jspecify.annotations.NullMarked;
