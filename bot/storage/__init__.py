"""Everything kept in SQLite. The only package that imports aiosqlite."""
