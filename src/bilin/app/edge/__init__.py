"""The edge of the web process: what a stranger's bytes meet before any session, and what every answer carries."""

from bilin.app.edge.connection import edge_protocol
from bilin.app.edge.deadlines import Deadlines

__all__ = ["Deadlines", "edge_protocol"]
