"""The whole contract as TypeScript."""

from collections.abc import Iterator

from bilin.core.permissions import PERMISSIONS
from tools.contract.errors import all_reasons, errors_met, parameters_met
from tools.contract.events import events_shown
from tools.contract.routes import Parameter, Route, all_routes
from tools.contract.shapes import Shapes, doc, indented

HEAD = """\
// Written by `make client-types` from the server's declarations. Do not edit it here.

/** A 64-bit id in decimal: too large for a JavaScript number. Compare with `compareIds`. */
export type Id = string
"""


def typescript() -> str:
    """The text of `generated.ts`."""
    shapes = Shapes()
    routes = all_routes()
    after = [*_events(shapes), *_errors(shapes, routes), *_routes(shapes, routes), _permissions()]
    reasons = [shapes.add(each) for each in sorted(all_reasons(), key=lambda each: each.__name__)]
    union = "/** Why a field is refused. */\nexport type Reason =" + "".join(f"\n  | {name}" for name in reasons) + "\n"
    return "\n".join([HEAD, *(shapes.text[name] for name in sorted(shapes.text)), union, *after])


def _events(shapes: Shapes) -> Iterator[str]:
    known = events_shown()
    lines = [f"  '{each.name}': {shapes.add(each.cls, without=each.private)}\n" for each in known]
    yield (
        "/** The `data` of every event that a client may be sent. */\nexport interface EventData {\n"
        + "".join(lines)
        + "}\n"
    )
    versions = "".join(f"  '{each.name}': {each.version},\n" for each in known)
    yield (
        "/** The version of each type that this client was written for: a frame of a later one says more. */\n"
        f"export const eventVersions = {{\n{versions}}} as const satisfies Record<keyof EventData, number>\n"
    )


def _errors(shapes: Shapes, routes: list[Route]) -> Iterator[str]:
    lines = []
    for code, errors in errors_met(routes).items():
        parameters = parameters_met(errors)
        fields = [
            f"{name}{'' if always else '?'}: {shapes.of(kind).removesuffix(' | null')}"
            for name, (kind, always) in parameters.items()
        ]
        if "reasons" in parameters:
            fields.append("fields?: Record<string, string>")
        lines.append(indented(doc(errors[0].__doc__)))
        lines.append(f"  '{code}': {'{ ' + '; '.join(fields) + ' }' if fields else 'object'}\n")
    yield (
        "/** The errors a client may meet, by code, with what `details` of each says. */\n"
        "export interface ErrorDetails {\n" + "".join(lines) + "}\n"
    )
    yield "export type ErrorCode = keyof ErrorDetails\n"


def _routes(shapes: Shapes, routes: list[Route]) -> Iterator[str]:
    lines = []
    for route in routes:
        lines.append(indented(doc(route.text)))
        parts = [
            *_part(shapes, "path", route.in_path),
            *_part(shapes, "query", route.in_query),
            *([] if route.body is None else [f"body: {_body(shapes, route)}"]),
            f"answer: {shapes.of(route.answer)}",
        ]
        lines.append(f"  '{route.name}': {{ {'; '.join(parts)} }}\n")
    yield "/** Every route: what it takes and what it answers. */\nexport interface Routes {\n" + "".join(lines) + "}\n"


def _body(shapes: Shapes, route: Route) -> str:
    return "Blob" if route.body is bytes else shapes.of(route.body, taken=True)


def _part(shapes: Shapes, name: str, parameters: dict[str, Parameter]) -> list[str]:
    if not parameters:
        return []
    fields = [
        f"{key}{'' if each.is_needed else '?'}: {shapes.of(each.kind, taken=True).removesuffix(' | null')}"
        for key, each in parameters.items()
    ]
    mark = "" if any(each.is_needed for each in parameters.values()) else "?"
    return [f"{name}{mark}: {{ {'; '.join(fields)} }}"]


def _permissions() -> str:
    lines = "".join(f"  /** {meaning}. */\n  | '{name}'\n" for name, meaning in sorted(PERMISSIONS.items()))
    return f"/** What roles are made of. */\nexport type Permission =\n{lines}"
