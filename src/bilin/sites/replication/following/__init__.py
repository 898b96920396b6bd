"""Following: taking in the events of the other sites."""

from bilin.sites.replication.following.follower import Follower, State

__all__ = ["Follower", "State"]
