-- 2026-11-24. Digests: their schedules, their runs (one a local date, whatever happens), the feeds they read, and
-- the stories that they told, so that a story told before shows what is new.

CREATE TABLE digests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild INTEGER NOT NULL,
    channel INTEGER NOT NULL,    -- where it is posted: a text channel or a forum
    creator INTEGER NOT NULL,
    name TEXT NOT NULL,
    at TEXT NOT NULL,            -- local time, HH:MM
    zone TEXT NOT NULL,          -- IANA
    days TEXT NOT NULL,          -- of the week, 0 is Monday: "01234"
    stories INTEGER NOT NULL,
    style TEXT NOT NULL,         -- full, brief
    silent INTEGER NOT NULL,
    say_empty INTEGER NOT NULL,  -- 1: a line on a day without news
    paused TEXT,                 -- why it does not run; null: it runs
    last_day TEXT,               -- the local date it last ran for
    created INTEGER NOT NULL
) STRICT;

CREATE INDEX digests_by_guild ON digests (guild);

CREATE TABLE digest_channels (   -- whose posted articles it takes; none: all of the server
    digest INTEGER NOT NULL REFERENCES digests (id) ON DELETE CASCADE,
    channel INTEGER NOT NULL,
    PRIMARY KEY (digest, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE digest_runs (
    digest INTEGER NOT NULL REFERENCES digests (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('posting', 'posted', 'empty', 'failed')),
    message INTEGER,
    changed INTEGER NOT NULL,
    PRIMARY KEY (digest, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE feeds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,
    title TEXT,
    etag TEXT,
    last_modified TEXT,
    due INTEGER NOT NULL,        -- when it is to be read next
    failures INTEGER NOT NULL,   -- in a row
    fault TEXT                   -- of the last reading, as a sentence; null: it went well
) STRICT;

CREATE INDEX feeds_due ON feeds (due);

CREATE TABLE digest_feeds (
    digest INTEGER NOT NULL REFERENCES digests (id) ON DELETE CASCADE,
    feed INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    PRIMARY KEY (digest, feed)
) STRICT, WITHOUT ROWID;

CREATE TABLE feed_items (
    feed INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    guid TEXT NOT NULL,          -- of the publisher, or the link where there is none
    link TEXT NOT NULL,          -- in canonical form
    title TEXT NOT NULL,
    sameness TEXT NOT NULL,      -- of the title's words: the same news under another date or link
    seen INTEGER NOT NULL,
    PRIMARY KEY (feed, guid)
) STRICT, WITHOUT ROWID;

CREATE INDEX feed_items_seen ON feed_items (feed, seen);

CREATE TABLE told_stories (
    digest INTEGER NOT NULL REFERENCES digests (id) ON DELETE CASCADE,
    article TEXT NOT NULL,       -- hash of the article that led the story
    headline TEXT NOT NULL,
    vector BLOB NOT NULL,        -- the story's meaning, 32-bit floats, little-endian
    day TEXT NOT NULL,
    PRIMARY KEY (digest, article)
) STRICT, WITHOUT ROWID;
