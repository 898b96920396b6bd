"""Finding colleagues by their login: whole ones only, and so many a person, so that nobody collects the company's
logins by trying, letter by letter or one after another."""

from collections.abc import Sequence

from bilin.core.charges import Charges
from bilin.core.database import Connection
from bilin.core.ids import PersonId
from bilin.core.rate_limit import Rate, RateLimit
from bilin.identity.logins import MAX_CHARS, fold_login
from bilin.identity.queries import account_of_login

ALLOWED = Rate(burst=100, per_s=100 / 300)


class LoginLookups:
    """A lookup that finds nobody is one as well."""

    def __init__(self, charges: Charges) -> None:
        self._left = RateLimit[PersonId](ALLOWED)
        self._left.share(charges, "login lookups", lambda name: PersonId(int(name)))

    async def people(self, db: Connection, asker: PersonId, text: str) -> Sequence[PersonId]:
        """Who has this login. Nobody when whoever asks has asked too often: they still find people by name."""
        login = fold_login(text[: MAX_CHARS + 1])
        if not login:
            return ()
        if self._left.use(asker):
            return ()
        account = await account_of_login(db, login)
        return () if account is None else (account.person,)
