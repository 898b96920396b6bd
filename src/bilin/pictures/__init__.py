"""Pictures: what they tell beside what they show is taken out, and previews of them are made in a process that reaches
nothing (docs/decisions/0085). It knows nothing of the rest of the program, and the process that is locked in loads no
more than this."""

from bilin.pictures.metadata import MAX_CLEANED_BYTES, cleaned
from bilin.pictures.model import NO_LOCK, TOO_LARGE, UNREADABLE, Made

__all__ = ["MAX_CLEANED_BYTES", "NO_LOCK", "TOO_LARGE", "UNREADABLE", "Made", "cleaned"]
