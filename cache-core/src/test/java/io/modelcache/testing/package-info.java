/**
 * What tests of every module share: how to ask for something that a machine may lack.
 */
@NullMarked
package io.modelcache.testing;

import org.jspecify.annotations.NullMarked;
