"""Letters to employers and members: 照会, 返戻, and what to do at a clinic meanwhile (QA-03)."""

from validator.output.letters.filed import filed_in, filed_of
from validator.output.letters.write import refuse_unwritable, write_letters

__all__ = ["filed_in", "filed_of", "refuse_unwritable", "write_letters"]
