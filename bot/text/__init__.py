"""Pure rules on text: str in, values out. Standard library only; no I/O, no model."""
