/**
 * The demonstration at start-up: every question asked twice, the times in a table.
 */
@NullMarked
package io.modelcache.sample.demo;

import org.jspecify.annotations.NullMarked;
