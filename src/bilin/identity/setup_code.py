"""The set-up code: who founds a company on a fresh server, or lets it join one, must have seen what the server printed.

A server without a company stands open to whoever reaches it first. The code is printed at its start and kept in a file
of the data folder (0600) until there is a company. It has 60 random bits: no pace of guessing finds it, so that a right
one is never refused for the wrong ones of others; those are slowed down all the same.
"""

import hmac
import secrets
from pathlib import Path

from bilin.core.database import reading
from bilin.core.errors import TooMany
from bilin.core.private_files import read_private, write_private
from bilin.core.rate_limit import Rate, RateLimit
from bilin.core.settings import Settings, SiteSettings
from bilin.core.site import Site
from bilin.identity.errors import SetupCodeWrong
from bilin.identity.network import network_of
from bilin.org import company
from bilin.sites import enrolment

CODE_FILE = Path("keys/setup.code")
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without letters that are read as others (Crockford's base 32)."""
READ_AS = str.maketrans("OILU", "011V", "- ")
GROUPS, GROUP_CHARS = 3, 4
WRONG = Rate(burst=10, per_s=10 / 60)


def printed_setup_code(settings: Settings) -> str | None:
    """The code that the server of this data folder asks for; None when it asks for none (any more)."""
    return read_private(_path(settings))


class SetupCode:
    """One in the web process. It asks for the code as long as there is no company."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._wrong = RateLimit[str](WRONG)

    async def prepare(self) -> None:
        """Make a code where one is needed, and forget it where it is not."""
        if not await self._is_needed():
            self.forget()
        elif printed_setup_code(self._site.settings) is None:
            write_private(_path(self._site.settings), new_code().encode())

    async def require(self, given: str, address: str) -> None:
        """Pass with the right code, and where there is a company already (what is asked for refuses by itself).

        Raises `SetupCodeWrong`, or `TooMany` for somebody who guesses.
        """
        if not await self._is_needed():
            return
        code = printed_setup_code(self._site.settings)
        if code is None or not hmac.compare_digest(_plain(given).encode(), _plain(code).encode()):
            if wait_s := self._wrong.use(network_of(address)):
                raise TooMany(retry_after_s=wait_s)
            raise SetupCodeWrong

    def forget(self) -> None:
        """There is a company: nobody needs it any more."""
        _path(self._site.settings).unlink(missing_ok=True)

    async def _is_needed(self) -> bool:
        if self._site.get(enrolment.Joiner).is_branch:
            return False
        async with reading(self._site.pool) as db:
            return await company(db) is None


def new_code() -> str:
    """Such as `7KQ2-M9XD-4HTZ`."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_CHARS)) for _ in range(GROUPS))
    return "-".join(groups)


def _plain(code: str) -> str:
    """However somebody typed it."""
    return code[:100].upper().translate(READ_AS)


def _path(settings: Settings) -> Path:
    return settings[SiteSettings].data_dir / CODE_FILE
