"""What `bilin doctor` looks at of the certificates between sites."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509

from bilin.core.checks import Examined, Observation, broken, warning, well
from bilin.sites.enrolment.files import files_of

SOON = timedelta(days=20)
"""A server certificate is renewed 30 days before its end: one with less left was not."""
RENEW = "Start the server anew: it renews it."


async def look_at_certificates(examined: Examined) -> AsyncIterator[Observation]:
    """A certificate that ended cuts the branches off."""
    files = files_of(examined.settings)
    for what, path in (
        ("the authority of this company's sites", files.authority),
        ("what headquarters shows to branches", files.certificate),
        ("headquarters' certificate that this branch trusts", files.trusted),
    ):
        if path.exists():
            yield _certificate(what, path)


def _certificate(what: str, path: Path) -> Observation:
    name = "sites.certificates"
    try:
        end = x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc
    except ValueError as wrong:
        return broken(name, f"{path} ({what}) is no certificate: {wrong}.", "Put it back from a backup of keys/.")
    rest = end - datetime.now(UTC)
    said = f"{what[0].upper()}{what[1:]} is good until {end:%Y-%m-%d}."
    if rest < timedelta(0):
        return broken(name, f"{what[0].upper()}{what[1:]} ended on {end:%Y-%m-%d}.", RENEW)
    return warning(name, said, RENEW) if rest < SOON else well(name, said)
