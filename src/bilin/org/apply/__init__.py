"""Org events → rows, in bulk; the same rows in whatever order the events come, and however often.

A row is made by whoever speaks of a unit or person first. Beside every field stands the id of the event that wrote it
last; `added` is empty until the event that adds the thing has come, and readers leave such rows out. Here is what
follows from the rows and is no register: names are spelled in Python, and the log writer is the only one to write.
"""

from bilin.org.apply import people, units

__all__ = ["people", "units"]
