"""An article of the project's own, for the demonstration and for trying the bot without any link."""
