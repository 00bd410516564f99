"""The running bot: its parts put together, its start and its stop, its health."""
