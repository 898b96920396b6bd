"""The founding site's own certificate authority: one root for ten years that the other sites pin, and a server
certificate of three months for the names they dial: nobody can revoke it, so a key that was stolen is soon worth
nothing. ECDSA on P-256, made here, renewed when names are added or its end is near."""

import ipaddress
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from bilin.core.private_files import read_private_bytes, write_private
from bilin.sites.enrolment.files import SiteFiles

AUTHORITY_LIFE = timedelta(days=3652)
SERVER_LIFE = timedelta(days=90)
RENEW_BEFORE = timedelta(days=30)
BACKDATED = timedelta(days=1)
"""Clocks of branches may be behind."""


def key_of(certificate: Path) -> Path:
    """Where the private key of a certificate lies."""
    return certificate.with_suffix(".key")


def ensure_certificates(places: SiteFiles, names: Iterable[str]) -> None:
    """Have the authority, and a server certificate good for these hosts and all it was good for before."""
    authority = _authority(places.authority)
    found = _load(places.certificate)
    wanted, had = set(names), set() if found is None else names_in(found)
    if found is None or not _is_fresh(found) or not wanted <= had:
        _issue(places.certificate, *authority, sorted(wanted | had))


def _is_fresh(certificate: x509.Certificate) -> bool:
    """Neither near its end, nor one of those that an earlier release made for ten years."""
    rest = certificate.not_valid_after_utc - datetime.now(UTC)
    return RENEW_BEFORE < rest <= SERVER_LIFE


def names_in(certificate: x509.Certificate) -> set[str]:
    """The hosts a certificate is good for."""
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = {str(each) for each in names.get_values_for_type(x509.IPAddress)}
    return addresses | set(names.get_values_for_type(x509.DNSName))


def authority_bytes(places: SiteFiles) -> bytes:
    """The authority's certificate (DER), as invitations carry it."""
    return x509.load_pem_x509_certificate(places.authority.read_bytes()).public_bytes(Encoding.DER)


def as_pem(der: bytes) -> bytes:
    """A certificate as text. Raises `ValueError` when it is none."""
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)


def _authority(path: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    found = _load(path)
    if found is not None:
        key = load_pem_private_key(read_private_bytes(key_of(path)) or b"", None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError(f"{key_of(path)} is not an ECDSA key")
        return found, key
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Bilin sites")])
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        _builder(name, name, key.public_key(), AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    _save(path, made, key)
    return made, key


def _issue(path: Path, authority: x509.Certificate, signer: ec.EllipticCurvePrivateKey, names: list[str]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Bilin founding site")])
    made = (
        _builder(subject, authority.subject, key.public_key(), SERVER_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general(each) for each in names]), critical=False)
        .sign(signer, hashes.SHA256())
    )
    _save(path, made, key)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, life: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(now + life)
    )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _load(path: Path) -> x509.Certificate | None:
    if not (path.exists() and key_of(path).exists()):
        return None
    return x509.load_pem_x509_certificate(path.read_bytes())


def _save(path: Path, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
    write_private(key_of(path), key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    write_private(path, certificate.public_bytes(Encoding.PEM))
