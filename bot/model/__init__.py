"""Models behind small protocols. The only package that imports torch or transformers."""
