"""Importing units and people from a table: read it, check all of it, then make the company look like it.

`reading` turns bytes into cells, `rules` checks each row, `units` and `people` compare the rows with what there is and
decide what changes. Importing a file again changes nothing. docs/administrators/import.md describes the file.
"""
