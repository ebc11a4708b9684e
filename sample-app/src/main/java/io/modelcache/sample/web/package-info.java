/**
 * Questions and answers over HTTP, for the page and for curl.
 */
@NullMarked
package io.modelcache.sample.web;

import org.jspecify.annotations.NullMarked;
