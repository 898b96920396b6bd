"""The errors a client may meet, by code, and the reasons for which fields are refused."""

from collections.abc import Iterable, Iterator
from typing import Any

from bilin.app.contract import ANY_ROUTE, BEFORE_ROUTES, CHANGING, OWNED, SIGNED_IN
from bilin.core.errors import BilinError, all_errors, parameters_of
from bilin.core.reasons import Reason
from tools.contract.routes import Route

TO_ALL = (*ANY_ROUTE, *SIGNED_IN, *CHANGING, *OWNED, *BEFORE_ROUTES)
OURS = "bilin."


def errors_met(routes: Iterable[Route]) -> dict[str, list[type[BilinError]]]:
    """Every error that some route declares or that all may answer with, by code; several classes may share one."""
    found: dict[str, list[type[BilinError]]] = {}
    for error in dict.fromkeys([*TO_ALL, *(error for route in routes for error in route.refusals)]):
        found.setdefault(error.code, []).append(error)
    return dict(sorted(found.items()))


def parameters_met(errors: Iterable[type[BilinError]]) -> dict[str, tuple[Any, bool]]:
    """The parameters of one code: their types, and whether they are always there."""
    each = [parameters_of(error) for error in errors]
    names = dict.fromkeys(name for parameters in each for name in parameters)
    kinds = {name: next(parameters[name] for parameters in each if name in parameters) for name in names}
    errors = list(errors)
    return {name: (kind, all(_always(error, name) for error in errors)) for name, kind in kinds.items()}


def _always(error: type[BilinError], name: str) -> bool:
    return name in parameters_of(error) and not hasattr(error, name)


def declared() -> list[type[BilinError]]:
    """All errors of the program that have a code of their own."""
    return [error for error in all_errors() if error.__module__.startswith(OURS) and "code" in vars(error)]


def all_reasons(base: type[Reason] = Reason) -> Iterator[type[Reason]]:
    """Every reason of the program."""
    for each in base.__subclasses__():
        if each.__module__.startswith(OURS):
            yield each
        yield from all_reasons(each)
