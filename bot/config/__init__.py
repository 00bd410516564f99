"""The operator's settings: frozen values with defaults, read from TOML. It must not know who uses them."""

from bot.config.load import load
from bot.config.schema import Config, Discord, Fetch, Limits, Models, Storage, Summary, Worker, WriterServer

__all__ = ["Config", "Discord", "Fetch", "Limits", "Models", "Storage", "Summary", "Worker", "WriterServer", "load"]
