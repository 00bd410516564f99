-- 2026-11-24. What moderators chose for their server. A server without a row has the defaults.

CREATE TABLE guilds (
    guild INTEGER PRIMARY KEY,
    length TEXT NOT NULL,
    style TEXT NOT NULL,          -- reply, thread
    language TEXT NOT NULL,       -- empty: the server's own
    private INTEGER NOT NULL,     -- 1: answers to commands are shown to the asker alone
    user_per_hour INTEGER NOT NULL,
    guild_per_hour INTEGER NOT NULL
) STRICT;

CREATE TABLE guild_channels (     -- where posted links are answered unasked
    guild INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    PRIMARY KEY (guild, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE guild_roles (        -- who may ask; nobody listed: everybody
    guild INTEGER NOT NULL,
    role INTEGER NOT NULL,
    PRIMARY KEY (guild, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (              -- what the program remembers of itself, such as the commands last sent to Discord
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
