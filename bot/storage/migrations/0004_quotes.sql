-- 2026-11-24. The quotes that were seen in each server, for /quotes: searched by words, speaker and time.

CREATE TABLE quotes (
    id INTEGER PRIMARY KEY,
    guild INTEGER NOT NULL,
    request INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    article TEXT NOT NULL REFERENCES articles (hash) ON DELETE CASCADE,
    start INTEGER NOT NULL,      -- the quote is text[start:end] of the article
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    speaker TEXT,
    inferred INTEGER NOT NULL,
    title TEXT,                  -- of the article
    url TEXT,
    channel INTEGER NOT NULL,    -- where the answer stands
    message INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    UNIQUE (guild, article, start, end)
) STRICT;

CREATE INDEX quotes_by_request ON quotes (request);
CREATE INDEX quotes_by_speaker ON quotes (guild, speaker);

CREATE VIRTUAL TABLE quotes_search USING fts5 (
    text, speaker, title, content = 'quotes', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER quotes_added AFTER INSERT ON quotes BEGIN
    INSERT INTO quotes_search (rowid, text, speaker, title) VALUES (new.id, new.text, new.speaker, new.title);
END;

CREATE TRIGGER quotes_dropped AFTER DELETE ON quotes BEGIN
    INSERT INTO quotes_search (quotes_search, rowid, text, speaker, title)
    VALUES ('delete', old.id, old.text, old.speaker, old.title);
END;
