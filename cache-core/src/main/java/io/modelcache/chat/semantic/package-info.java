/**
 * Answers for questions that are not the same but mean the same.
 */
@NullMarked
package io.modelcache.chat.semantic;

import org.jspecify.annotations.NullMarked;
