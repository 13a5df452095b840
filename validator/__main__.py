"""``python -m validator``."""

from validator.cli.main import run

run()
