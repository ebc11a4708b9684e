/**
 * Measures of the semantic layer that need to see its parts.
 */
@NullMarked
package io.modelcache.chat.semantic;

import org.jspecify.annotations.NullMarked;
