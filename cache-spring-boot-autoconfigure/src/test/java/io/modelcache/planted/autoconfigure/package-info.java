/**
 * Wiring that breaks the rules of the house on purpose, so that each rule is seen to
 * notice.
 */
@NullMarked
package io.modelcache.planted.autoconfigure;

import org.jspecify.annotations.NullMarked;
