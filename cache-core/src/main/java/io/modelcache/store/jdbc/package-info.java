/**
 * Keeps bytes in a table of a relational database: dialects, SQL and the scripts that
 * make the tables.
 */
@NullMarked
package io.modelcache.store.jdbc;

import org.jspecify.annotations.NullMarked;
