/**
 * Compiles the code in the documentation.
 */
@NullMarked
package io.modelcache.sample.docs;

import org.jspecify.annotations.NullMarked;
