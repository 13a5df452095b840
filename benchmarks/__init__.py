"""Speed and memory of the validator, beside a plain program and a bare floor.

``python -m benchmarks.run`` measures everything and holds it against the bars; see
``docs/performance.md``.
"""

from __future__ import annotations
