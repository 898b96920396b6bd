"""Where a site keeps what it needs to reach the others, all below its data folder. Secrets are files of mode 0600."""

from pathlib import Path

import msgspec

from bilin.core.settings import Settings, SiteSettings


class SiteFiles(msgspec.Struct, frozen=True):
    """The files of one data folder."""

    data: Path

    @property
    def access_key(self) -> Path:
        """Founding site: what all credentials are derived from."""
        return self.data / "keys" / "sites.key"

    @property
    def authority(self) -> Path:
        """Founding site: the certificate that other sites trust, without its key (`.key` beside it)."""
        return self.data / "keys" / "sites-authority.pem"

    @property
    def certificate(self) -> Path:
        """Founding site: what it shows to those who dial (`.key` beside it)."""
        return self.data / "keys" / "sites-server.pem"

    @property
    def account(self) -> Path:
        """The users of the account between sites, in NATS's own syntax; the founding site writes it."""
        return self.data / "nats" / "sites.conf"

    @property
    def nonce(self) -> Path:
        """What headquarters recognises this folder by when an answer was lost."""
        return self.data / "keys" / "joining.nonce"

    @property
    def joining(self) -> Path:
        """The invitation that is being used; gone once it was answered."""
        return self.data / "keys" / "joining.json"

    @property
    def credential(self) -> Path:
        """Branch: its credential at headquarters and the certificate it trusts."""
        return self.data / "keys" / "headquarters.json"

    @property
    def trusted(self) -> Path:
        """Branch: that certificate alone, for NATS."""
        return self.data / "keys" / "headquarters.pem"

    @property
    def copying(self) -> Path:
        """Branch: there until it has followed headquarters as far as that was when it joined."""
        return self.data / "copying.json"

    @property
    def identity(self) -> Path:
        """Branch: which site this folder is; the lowest source of settings."""
        return self.data / "site.toml"


def files_of(settings: Settings) -> SiteFiles:
    """The files of the site with these settings."""
    return SiteFiles(settings[SiteSettings].data_dir)
