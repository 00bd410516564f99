"""What happens in Discord: read the event, call the core, send the card. Thin; only this and the app know discord."""
