"""The parts of the protocol page that list what the program declares: shapes, routes, events, errors."""

import re
from collections.abc import Callable, Iterable

from bilin.app.contract import ANY_ROUTE, CHANGING, OWNED, SIGNED_IN
from bilin.core.errors import BilinError
from bilin.core.events import EventType
from tools.contract.errors import all_reasons, errors_met, parameters_met
from tools.contract.events import events_for_followers, events_shown
from tools.contract.merging import merging_of
from tools.contract.routes import Parameter, Route, all_routes
from tools.contract.shapes import Shapes

EVENT_HEAD = "| type | version | data | says | merges | goes to |\n| --- | --- | --- | --- | --- | --- |\n"
MARK = re.compile(r"(<!-- written: (\w+)[^\n]*-->\n).*?(<!-- end -->)", re.DOTALL)


def page_of(present: str) -> str:
    """The page with what is between its marks written anew."""
    return MARK.sub(lambda found: f"{found[1]}\n{WRITERS[found[2]]()}\n{found[3]}", present)


def _shapes() -> str:
    shapes = Shapes()
    for route in all_routes():
        _mention(shapes, route)
    return "```ts\n" + "\n".join(shapes.text[name].replace("export ", "") for name in sorted(shapes.text)) + "```\n"


def _mention(shapes: Shapes, route: Route) -> None:
    shapes.of(route.answer)
    if route.body not in (None, bytes):
        shapes.of(route.body, taken=True)


def _routes() -> str:
    shapes = Shapes()
    rows = [_route_row(shapes, route) for route in all_routes()]
    return "| route | takes → answers | does |\n| --- | --- | --- |\n" + "".join(rows)


def _route_row(shapes: Shapes, route: Route) -> str:
    query = "&".join(f"{name}{_mark(each)}" for name, each in route.in_query.items())
    address = f"{route.method} /api{route.path}{'?' + query if query else ''}"
    body = "a file" if route.body is bytes else "" if route.body is None else _code(shapes.of(route.body, taken=True))
    refused = ", ".join(_code(error.code) for error in route.refusals)
    says = _plain(route.text) + (f" Refused with {refused}." if refused else "")
    answer = f"→ {route.status} {_code(shapes.of(route.answer))}"
    return f"| {_code(address)} | {' '.join(filter(None, (body, answer)))} | {says} |\n"


def _events() -> str:
    shapes = Shapes()
    rows = []
    for known in events_shown():
        name = shapes.add(known.cls, without=known.private)
        fields = re.findall(r"^  (\w+\??: .*)$", shapes.text[name], re.MULTILINE)
        rows.append(_event_row(known, _code(f"{{ {'; '.join(fields)} }}")))
    return EVENT_HEAD + "".join(rows)


def _events_of_sites() -> str:
    return EVENT_HEAD + "".join(_event_row(known, "") for known in events_for_followers())


def _event_row(known: EventType, data: str) -> str:
    return f"| `{known.name}` | {known.version} | {data} | {_plain(known.description)} | {merging_of(known)} |\n"


def _errors() -> str:
    shapes = Shapes()
    rows = []
    for code, errors in errors_met(all_routes()).items():
        first = errors[0]
        told = {name: Parameter(kind, always) for name, (kind, always) in parameters_met(errors).items()}
        details = ", ".join(f"{name}{_mark(each)}: {_always(shapes.of(each.kind))}" for name, each in told.items())
        statuses = " or ".join(str(status) for status in sorted({error.status for error in errors}))
        about = f"{_plain(first.__doc__ or '')} {_plain(first.hint)}"
        rows.append(f"| `{code}` | {statuses} | {_code(details) if details else ''} | {about} |\n")
    return "| code | status | details | means, and what to do |\n| --- | --- | --- | --- |\n" + "".join(rows)


def _anywhere() -> str:
    return "".join(
        f"- {text}: {_codes(errors)}.\n"
        for text, errors in (
            ("Any route", ANY_ROUTE),
            ("Routes that need a session", SIGNED_IN),
            ("Requests that change something", CHANGING),
            ("Changes that another site may decide", OWNED),
        )
    )


def _codes(errors: Iterable[type[BilinError]]) -> str:
    return ", ".join(dict.fromkeys(_code(error.code) for error in errors))


def _reasons() -> str:
    rows = [
        f"| `{each.__struct_config__.tag}` | {', '.join(_code(name) for name in each.__struct_fields__)} "
        f"| {_plain(each.__doc__ or '')} |\n"
        for each in sorted(all_reasons(), key=lambda each: str(each.__struct_config__.tag))
    ]
    return "| code | parameters | means |\n| --- | --- | --- |\n" + "".join(rows)


def _always(kind: str) -> str:
    """What is null is left out."""
    return kind.removesuffix(" | null")


def _mark(parameter: Parameter) -> str:
    return "" if parameter.is_needed else "?"


def _code(text: str) -> str:
    return "`" + text.replace("|", "\\|") + "`"


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("None", "null")


WRITERS: dict[str, Callable[[], str]] = {
    "shapes": _shapes,
    "routes": _routes,
    "events": _events,
    "events_of_sites": _events_of_sites,
    "errors": _errors,
    "anywhere": _anywhere,
    "reasons": _reasons,
}
