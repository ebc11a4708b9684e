-- One row for each answer. Times are milliseconds since 1970 in UTC, by the clock of the database; NULL is never.
-- Labels are compared byte by byte, spaces at the end included.
CREATE TABLE IF NOT EXISTS ${prefix}entry (
	fingerprint BINARY(32)   NOT NULL PRIMARY KEY,
	payload     LONGBLOB     NOT NULL,
	created_at  BIGINT       NOT NULL,
	fresh_until BIGINT,
	keep_until  BIGINT,
	bean        VARCHAR(255) NOT NULL,
	scope       BINARY(32)   NOT NULL,
	tags        MEDIUMBLOB,
	question    LONGTEXT,
	INDEX ${prefix}entry_keep_until (keep_until),
	INDEX ${prefix}entry_bean (bean, fingerprint),
	INDEX ${prefix}entry_scope (scope, fingerprint)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Finds entries by tag.
CREATE TABLE IF NOT EXISTS ${prefix}tag (
	tag         VARCHAR(255) NOT NULL,
	fingerprint BINARY(32)   NOT NULL,
	PRIMARY KEY (tag, fingerprint),
	INDEX ${prefix}tag_fingerprint (fingerprint),
	CONSTRAINT ${prefix}tag_entry FOREIGN KEY (fingerprint) REFERENCES ${prefix}entry (fingerprint) ON DELETE CASCADE
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
