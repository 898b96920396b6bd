"""Finding colleagues by their login: whole ones only, and so many a person, so that nobody collects the company's
logins by trying, letter by letter or one after another."""

from collections.abc import Sequence

from bilin.core.database import Connection
from bilin.core.ids import PersonId
from bilin.identity.attempts import Attempts
from bilin.identity.logins import MAX_CHARS, fold_login
from bilin.identity.queries import account_of_login

ALLOWED = 100
WINDOW_S = 300


class LoginLookups:
    """One for the process. A lookup that finds nobody is one as well."""

    def __init__(self) -> None:
        self._left = Attempts(ALLOWED, WINDOW_S)

    async def people(self, db: Connection, asker: PersonId, text: str) -> Sequence[PersonId]:
        """Who has this login. Nobody when whoever asks has asked too often: they still find people by name."""
        login = fold_login(text[: MAX_CHARS + 1])
        if not login:
            return ()
        if self._left.wait_s(str(asker)):
            return ()
        self._left.take(str(asker))
        account = await account_of_login(db, login)
        return () if account is None else (account.person,)
