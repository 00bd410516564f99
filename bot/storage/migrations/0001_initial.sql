-- 2026-11-24. The cache: articles, the links that lead to them, and what was made of them.
-- Times are milliseconds since 1970 in UTC. `used` is when a row was last wanted: the least used is dropped first.

CREATE TABLE articles (
    hash TEXT PRIMARY KEY,     -- sha256 of the text, in hexadecimal
    format INTEGER NOT NULL,   -- of `document`; 0 where it was found damaged
    document BLOB NOT NULL,    -- the article as JSON, deflated
    title TEXT,
    url TEXT,
    created INTEGER NOT NULL,
    used INTEGER NOT NULL
) STRICT;

CREATE INDEX articles_by_use ON articles (used);

CREATE TABLE links (
    url TEXT PRIMARY KEY,      -- in canonical form
    article TEXT NOT NULL REFERENCES articles (hash) ON DELETE CASCADE,
    fetched INTEGER NOT NULL
) STRICT;

CREATE INDEX links_by_article ON links (article);

CREATE TABLE results (
    id INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles (hash) ON DELETE CASCADE,
    task TEXT NOT NULL,
    parameters TEXT NOT NULL,
    model TEXT NOT NULL,
    prompt TEXT NOT NULL,      -- hash of the prompt file, or empty
    format INTEGER NOT NULL,   -- of `value`
    kind TEXT NOT NULL,        -- of `value`: summary, quotes, answer, verdict
    value BLOB NOT NULL,       -- JSON
    created INTEGER NOT NULL,
    used INTEGER NOT NULL,
    UNIQUE (article, task, parameters, model, prompt, format)
) STRICT;

CREATE INDEX results_by_use ON results (used);

CREATE TABLE embeddings (
    article TEXT NOT NULL REFERENCES articles (hash) ON DELETE CASCADE,
    model TEXT NOT NULL,
    vector BLOB NOT NULL,      -- 32-bit floats, little-endian
    created INTEGER NOT NULL,
    PRIMARY KEY (article, model)
) STRICT;
