"""`/metrics` for Prometheus: for who has the token in the data folder. How busy a company is, is nobody's business.

In Prometheus: `authorization: { credentials_file: <data_dir>/keys/metrics.token }`.
"""

import hmac
from typing import Any

from litestar import MediaType, Request, get
from prometheus_client import generate_latest

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


@get("/metrics", opt=http.PUBLIC, include_in_schema=False, media_type=MediaType.TEXT)
async def metrics(request: Request[Any, Any, Any], site: Site) -> bytes:
    """Prometheus metrics of this process, and of jobs (figures only, nothing of people)."""
    given = request.headers.get("authorization", "").encode()
    if not hmac.compare_digest(given, (BEARER + metrics_token(site.settings)).encode()):
        raise MetricsTokenNeeded
    await measure(site.pool)
    return generate_latest(telemetry.registry)
