"""The guard: no plaintext My Number in what is committed, mailed or kept (docs/hooks.md)."""
