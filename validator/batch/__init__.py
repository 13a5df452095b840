"""What was submitted: read into one frame, and handed over untouched again."""

from validator.batch.handover import write_subset
from validator.batch.model import Batch, FileMark, Mark, Source
from validator.batch.reader import read_batch
from validator.batch.recount import count_lines

__all__ = [
    "Batch",
    "FileMark",
    "Mark",
    "Source",
    "count_lines",
    "read_batch",
    "write_subset",
]
