"""Bytes or pasted text in, an Article out, or the reason why not. Opens no connection and loads no model."""
