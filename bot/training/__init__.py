"""Training of the small models that are committed with the project; never imported by the bot itself."""
