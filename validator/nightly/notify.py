"""Telling somebody: a command of the site gets the status of the night on its standard input.

No shell, no waiting for ever; whatever the command does, the night stands.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.config import NightlyConfig
    from validator.nightly.status import Status


def notify(config: NightlyConfig, status: Status) -> bool:
    """Run ``[nightly] notify`` if it is wanted; false if it failed or took too long."""
    if not config.notify or (config.notify_on == "alarm" and status.status != "alarm"):
        return True
    try:
        done = subprocess.run(  # noqa: S603 (the site's own command, no shell)
            list(config.notify),
            input=status.model_dump_json().encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=config.notify_seconds,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
