"""Compiled templates beside their sources, where Python keeps compiled modules too."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment
    from jinja2.bccache import Bucket


def compiled_beside(templates: Path, *, write: bool = not sys.dont_write_bytecode) -> BytecodeCache:
    """What an environment over the folder ``templates`` keeps its compiled templates in.

    Compiling costs more than a small report. They are keyed by a hash of the source; where the
    folder cannot be written, templates are compiled each time.
    """
    from jinja2 import FileSystemBytecodeCache

    class Beside(FileSystemBytecodeCache):
        def dump_bytecode(self, bucket: Bucket) -> None:
            if write:
                with contextlib.suppress(OSError):
                    Path(self.directory).mkdir(exist_ok=True)
                    super().dump_bytecode(bucket)

    return Beside(str(templates / "__pycache__"), "%s.compiled")


def compile_all(environment: Environment, templates: Path) -> None:
    """Compile every template of ``environment`` ahead, as ``compileall`` does with modules."""
    ahead = environment.overlay()
    ahead.bytecode_cache = compiled_beside(templates, write=True)
    for name in ahead.list_templates(extensions=["jinja"]):
        ahead.get_template(name)
