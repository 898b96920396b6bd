"""The routes of all modules: what each takes, answers and refuses, as its handler declares it."""

import inspect
import re
from dataclasses import dataclass
from typing import Any, get_type_hints

from litestar import Request
from litestar.enums import HttpMethod
from litestar.handlers import HTTPRouteHandler

from bilin.app.modules import MODULES
from bilin.core.commands import Context
from bilin.core.errors import BilinError
from bilin.core.http import FILE, REFUSES
from bilin.core.site import Site

GIVEN_BY_US = (Request, Context, Site)
PREFIX = "/api"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the address."""

    kind: Any
    is_needed: bool


@dataclass(frozen=True, slots=True)
class Route:
    """A route as clients know it."""

    method: str
    path: str
    """Without the prefix, names in braces: `/conversations/{conversation}`."""
    in_path: dict[str, Parameter]
    in_query: dict[str, Parameter]
    body: Any
    """Its type; bytes for a file; None where it takes none."""
    answer: Any
    status: int
    refusals: tuple[type[BilinError], ...]
    """Its own, without those that any route may answer with."""
    text: str
    """The docstring of the handler."""

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


def all_routes() -> list[Route]:
    """Those of the description of the interface, in the order of the modules."""
    handlers = [handler for module in MODULES for handler in module.routes]
    known = [each for each in handlers if isinstance(each, HTTPRouteHandler) and each.include_in_schema is not False]
    return [_route(handler, path) for handler in known for path in sorted(handler.paths)]


def _route(handler: HTTPRouteHandler, path: str) -> Route:
    hints = get_type_hints(handler.fn, include_extras=True)
    signature = inspect.signature(handler.fn)
    names = re.findall(r"{(\w+)(?::\w+)?}", path)
    given = {
        name: Parameter(hints[name], _is_needed(parameter.default))
        for name, parameter in signature.parameters.items()
        if name != "data" and not _is_ours(hints[name])
    }
    takes_file = handler.opt.get(FILE, False)
    (method,) = handler.http_methods
    return Route(
        HttpMethod(method).value,
        re.sub(r"{(\w+)(?::\w+)?}", r"{\1}", path).removeprefix(PREFIX),
        {name: given.pop(name) for name in names},
        given,
        bytes if takes_file else hints.get("data"),
        hints["return"],
        handler.status_code,
        handler.opt.get(REFUSES, ()),
        inspect.cleandoc(handler.fn.__doc__ or ""),
    )


def _is_ours(kind: Any) -> bool:
    origin = getattr(kind, "__origin__", kind)
    return isinstance(origin, type) and issubclass(origin, GIVEN_BY_US)


def _is_needed(default: Any) -> bool:
    return default is inspect.Parameter.empty
