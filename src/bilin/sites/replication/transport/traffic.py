"""How many bytes went to and came from each site, since this process began."""

from collections import Counter

from bilin.sites.replication import metrics


class Traffic:
    """Counts."""

    def __init__(self) -> None:
        self.bytes_in: Counter[int] = Counter()
        self.bytes_out: Counter[int] = Counter()

    def came(self, site: int, size: int) -> None:
        """Bytes came from a site."""
        self.bytes_in[site] += size
        metrics.bytes_in.labels(site).inc(size)

    def went(self, site: int, size: int) -> None:
        """Bytes went to a site."""
        self.bytes_out[site] += size
        metrics.bytes_out.labels(site).inc(size)
