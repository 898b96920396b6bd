"""Following: taking in the events of the other sites."""

from bilin.sites.replication.following.follower import FollowerState, SiteFollower

__all__ = ["FollowerState", "SiteFollower"]
