"""`/metrics` for Prometheus: the figures of all processes of this machine, at any of them; samples name the process.

For who has the token in the data folder: how busy a company is, is nobody's business.

In Prometheus: `authorization: { credentials_file: <data_dir>/keys/metrics.token }`.
"""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias, cast

import msgspec
from litestar import MediaType, Request, get
from prometheus_client import CollectorRegistry, Metric, generate_latest

from bilin.app import neighbours
from bilin.app.jobs import measure
from bilin.core import http, telemetry
from bilin.core.errors import BilinError
from bilin.core.private_files import secret_in
from bilin.core.settings import Settings, SiteSettings
from bilin.core.site import Site

TOKEN_FILE = "keys/metrics.token"  # noqa: S105 (its place)
BEARER = "Bearer "


class MetricsTokenNeeded(BilinError):
    """The request has not the token of the data folder."""

    code = "app.metrics_token_needed"
    status = 401
    title = "Metrics are for who has the token"
    hint = (
        f"Send Authorization: Bearer and what stands in {TOKEN_FILE} of the data folder (Prometheus: credentials_file)."
    )


def metrics_token(settings: Settings) -> str:
    """The token; made on first use."""
    return secret_in(settings[SiteSettings].data_dir / TOKEN_FILE)


Sample: TypeAlias = tuple[str, dict[str, str], float]


class Family(msgspec.Struct, frozen=True, array_like=True):
    """The samples of one metric in one process."""

    name: str
    meaning: str
    kind: str
    samples: Sequence[Sample]


_decode = msgspec.msgpack.Decoder(list[Family]).decode


async def own_figures() -> bytes:
    """The figures of this process, for another one of this machine."""
    return msgspec.msgpack.encode(
        [
            Family(each.name, each.documentation, each.type, [one[:3] for one in each.samples])
            for each in telemetry.registry.collect()
        ]
    )


class Together:
    """The figures of several processes as one registry: each sample says whose it is."""

    def __init__(self, figures: Mapping[str, bytes]) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        """Each metric once, with the samples of all processes."""
        together: dict[str, Metric] = {}
        for process, told in self._figures.items():
            for family in _decode(told):
                metric = together.setdefault(family.name, Metric(family.name, family.meaning, family.kind))
                for name, labels, value in family.samples:
                    metric.add_sample(name, {**labels, "process": process}, value)
        yield from together.values()


@get("/metrics", opt=http.PUBLIC, include_in_schema=False, media_type=MediaType.TEXT)
async def metrics(request: Request[Any, Any, Any], site: Site) -> bytes:
    """Prometheus metrics of the processes of this machine, and of jobs (figures only, nothing of people)."""
    given = request.headers.get("authorization", "").encode()
    if not hmac.compare_digest(given, (BEARER + metrics_token(site.settings)).encode()):
        raise MetricsTokenNeeded
    await measure(site.pool)
    figures = await neighbours.ask_all(site.settings[SiteSettings].data_dir, neighbours.METRICS)
    together = Together({**figures, site.place.name: await own_figures()})
    return generate_latest(cast("CollectorRegistry", together)) + generate_latest(telemetry.of_site)
