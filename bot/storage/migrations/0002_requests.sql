-- 2026-11-24. What people asked for in Discord. A request is kept here before it is acknowledged, so that a crash
-- loses none; `state` tells how far it came. AUTOINCREMENT: the ids stand in buttons and must never be used again.

CREATE TABLE requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    state TEXT NOT NULL CHECK (state IN ('accepted', 'posting', 'posted', 'done', 'failed')),
    kind TEXT NOT NULL,          -- summarize, quotes
    guild INTEGER,               -- null in direct messages
    channel INTEGER NOT NULL,
    user INTEGER NOT NULL,
    message INTEGER,             -- that holds the link or text, and is replied to
    token TEXT,                  -- of the interaction whose deferred answer is edited
    token_expires INTEGER,
    private INTEGER NOT NULL,    -- 1: only the user sees the answer
    source_kind TEXT,            -- link, text, file; null when it has been read
    source BLOB,
    filename TEXT,
    length TEXT NOT NULL,
    locale TEXT NOT NULL,
    article TEXT REFERENCES articles (hash) ON DELETE SET NULL,
    answer INTEGER,              -- the message that answers
    answer_channel INTEGER,      -- where it stands: the channel, or a thread
    accepted INTEGER NOT NULL,
    changed INTEGER NOT NULL
) STRICT;

CREATE INDEX requests_open ON requests (state) WHERE state IN ('accepted', 'posting', 'posted');
CREATE INDEX requests_by_message ON requests (message);
CREATE INDEX requests_by_answer ON requests (answer);
CREATE INDEX requests_by_article ON requests (guild, article);
CREATE INDEX requests_by_user ON requests (user, accepted);
