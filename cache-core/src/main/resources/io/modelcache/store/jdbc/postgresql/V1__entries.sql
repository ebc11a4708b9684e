-- One row for each answer. Times are milliseconds since 1970 in UTC, by the clock of the database; NULL is never.
CREATE TABLE ${prefix}entry (
	fingerprint    BYTEA        NOT NULL PRIMARY KEY,
	payload        BYTEA        NOT NULL,
	created_at     BIGINT       NOT NULL,
	fresh_until    BIGINT,
	keep_until     BIGINT,
	bean           VARCHAR(255) NOT NULL,
	scope          BYTEA        NOT NULL,
	tags           BYTEA,
	question       TEXT,
	-- a tsvector holds a megabyte at most, so only the beginning of a long question is found
	question_words TSVECTOR GENERATED ALWAYS AS (to_tsvector('simple', left(question, 100000))) STORED
);

CREATE INDEX ${prefix}entry_keep_until ON ${prefix}entry (keep_until) WHERE keep_until IS NOT NULL;
CREATE INDEX ${prefix}entry_bean ON ${prefix}entry (bean, fingerprint);
CREATE INDEX ${prefix}entry_scope ON ${prefix}entry (scope, fingerprint);
CREATE INDEX ${prefix}entry_question_words ON ${prefix}entry USING GIN (question_words);

-- Finds entries by tag.
CREATE TABLE ${prefix}tag (
	tag         VARCHAR(255) NOT NULL,
	fingerprint BYTEA        NOT NULL REFERENCES ${prefix}entry ON DELETE CASCADE,
	PRIMARY KEY (tag, fingerprint)
);

CREATE INDEX ${prefix}tag_fingerprint ON ${prefix}tag (fingerprint);
