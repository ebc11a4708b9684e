package io.modelcache.autoconfigure.schema;

/**
 * Who makes the tables.
 */
public enum Migration {

	/**
	 * Flyway does, with a history table of its own; then they are looked at.
	 */
	FLYWAY,

	/**
	 * Somebody else does; at start-up they are looked at.
	 */
	VALIDATE,

	/**
	 * Somebody else does; nothing is looked at.
	 */
	NONE

}
