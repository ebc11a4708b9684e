/**
 * Code that breaks the rules of the house on purpose, so that each rule is seen to
 * notice.
 */
@NullMarked
package io.modelcache.planted;

import org.jspecify.annotations.NullMarked;
