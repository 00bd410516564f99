"""The use cases: summarise, quote, ask, check. Knows no Discord, no SQL, no torch."""
