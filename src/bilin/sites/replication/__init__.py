"""Replication: following the logs of the other sites, and feeding them this one."""
