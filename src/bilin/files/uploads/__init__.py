"""Uploads: files on their way to this site, and such as wait to be sent."""
