"""Handing decisions over to the process that writes the log, on this machine or another (docs/decisions/0056).

`messages` is what they say to each other, `desk` the writer's side, `link` everybody else's, `frames` how messages are
told apart on a socket.
"""

from bilin.core.log.handover.desk import Desk
from bilin.core.log.handover.link import Link
from bilin.core.log.handover.messages import LaterRelease, NumberTaken, desk_subject

__all__ = ["Desk", "LaterRelease", "Link", "NumberTaken", "desk_subject"]
