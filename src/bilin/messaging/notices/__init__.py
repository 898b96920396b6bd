"""Notices: lines of the timeline that the system writes, of changes of the conversation itself."""
