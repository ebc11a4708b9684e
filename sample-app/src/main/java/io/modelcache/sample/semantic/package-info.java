/**
 * What the profile {@code semantic} adds: vectors of questions, made in this process.
 */
@NullMarked
package io.modelcache.sample.semantic;

import org.jspecify.annotations.NullMarked;
