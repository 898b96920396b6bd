"""What runs later, or again and again: jobs and schedules, kept in the same database and run by the worker."""

from bilin.core.jobs.declared import JOBS, SCHEDULES, Arguments, Job, Schedule, check
from bilin.core.jobs.deferring import defer

__all__ = ["JOBS", "SCHEDULES", "Arguments", "Job", "Schedule", "check", "defer"]
