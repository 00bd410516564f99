-- 2026-11-24. How many requests a server has made in the last hour is counted before each is accepted.

CREATE INDEX requests_by_guild ON requests (guild, accepted);
