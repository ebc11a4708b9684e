-- One row for each answer. Times are milliseconds since 1970 in UTC, by the clock of the database; NULL is never.
CREATE TABLE ${prefix}entry (
	fingerprint BLOB    NOT NULL PRIMARY KEY,
	payload     BLOB    NOT NULL,
	created_at  INTEGER NOT NULL,
	fresh_until INTEGER,
	keep_until  INTEGER,
	bean        TEXT    NOT NULL,
	scope       BLOB    NOT NULL,
	tags        BLOB,
	question    TEXT
);

CREATE INDEX ${prefix}entry_keep_until ON ${prefix}entry (keep_until) WHERE keep_until IS NOT NULL;
CREATE INDEX ${prefix}entry_bean ON ${prefix}entry (bean, fingerprint);
CREATE INDEX ${prefix}entry_scope ON ${prefix}entry (scope, fingerprint);

-- Finds entries by tag.
CREATE TABLE ${prefix}tag (
	tag         TEXT NOT NULL,
	fingerprint BLOB NOT NULL,
	PRIMARY KEY (tag, fingerprint)
) WITHOUT ROWID;

CREATE INDEX ${prefix}tag_fingerprint ON ${prefix}tag (fingerprint);

-- SQLite minds foreign keys only on connections that ask for it; a trigger works on all.
CREATE TRIGGER ${prefix}entry_deleted AFTER DELETE ON ${prefix}entry
BEGIN
	DELETE FROM ${prefix}tag WHERE fingerprint = OLD.fingerprint;
END;
