"""One module a family; each holds a tuple ``RULES``."""
