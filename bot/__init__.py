"""Verbatim: a self-hosted Discord bot that summarises articles and quotes them exactly.

Importing the package has no effect beyond this name: no configuration is read, no model loaded.
"""

__version__ = "0.1.0"
