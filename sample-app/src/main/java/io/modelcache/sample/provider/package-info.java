/**
 * The stand-in provider: what the sample talks to when it has no key for a real one.
 */
@NullMarked
package io.modelcache.sample.provider;

import org.jspecify.annotations.NullMarked;
