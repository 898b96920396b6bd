"""How many connections and files a process may have open: as many as the machine lets it, not the few that a shell or
systemd begins with (1,024), which a thousand people, or one stranger, would use up."""

import resource

ENDLESS = 1_000_000
"""Where the machine names no limit."""


def allow_open_files() -> int:
    """Raise the limit of this process to what it may be; what it is now."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return ENDLESS if most == resource.RLIM_INFINITY else most
