"""The record against the registry and against the other records of its batch."""
