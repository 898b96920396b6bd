"""Operating system processes that live and die with the one that started them."""

from bilin.app.processes.process import OsUser, Process, getting_ready, spawn
from bilin.app.processes.service import KeptService, Service, how_it_ended

__all__ = ["KeptService", "OsUser", "Process", "Service", "getting_ready", "how_it_ended", "spawn"]
