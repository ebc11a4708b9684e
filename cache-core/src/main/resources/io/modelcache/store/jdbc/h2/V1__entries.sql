-- One row for each answer. Times are milliseconds since 1970 in UTC, by the clock of the database; NULL is never.
CREATE TABLE IF NOT EXISTS ${prefix}entry (
	fingerprint BINARY VARYING(32)         NOT NULL PRIMARY KEY,
	payload     BINARY VARYING(1000000000) NOT NULL,
	created_at  BIGINT                     NOT NULL,
	fresh_until BIGINT,
	keep_until  BIGINT,
	bean        VARCHAR(255)               NOT NULL,
	scope       BINARY VARYING(32)         NOT NULL,
	tags        BINARY VARYING(1000000000),
	question    CHARACTER VARYING(1000000000)
);

CREATE INDEX IF NOT EXISTS ${prefix}entry_keep_until ON ${prefix}entry (keep_until);
CREATE INDEX IF NOT EXISTS ${prefix}entry_bean ON ${prefix}entry (bean, fingerprint);
CREATE INDEX IF NOT EXISTS ${prefix}entry_scope ON ${prefix}entry (scope, fingerprint);

-- Finds entries by tag.
CREATE TABLE IF NOT EXISTS ${prefix}tag (
	tag         VARCHAR(255)       NOT NULL,
	fingerprint BINARY VARYING(32) NOT NULL REFERENCES ${prefix}entry ON DELETE CASCADE,
	PRIMARY KEY (tag, fingerprint)
);

CREATE INDEX IF NOT EXISTS ${prefix}tag_fingerprint ON ${prefix}tag (fingerprint);
