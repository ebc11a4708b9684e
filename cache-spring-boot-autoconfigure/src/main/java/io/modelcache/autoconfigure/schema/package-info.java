/**
 * Makes or checks the tables of the store in a database.
 */
@NullMarked
package io.modelcache.autoconfigure.schema;

import org.jspecify.annotations.NullMarked;
