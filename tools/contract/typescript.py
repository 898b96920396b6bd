"""The whole contract as TypeScript."""

from collections.abc import Iterable, Iterator

from bilin.app.contract import ANY_ROUTE, CHANGING, OWNED, SIGNED_IN
from bilin.core.errors import BilinError
from bilin.core.permissions import PERMISSIONS
from bilin.messaging.flags import FLAG
from tools.contract.errors import all_reasons, errors_met, parameters_met
from tools.contract.events import events_for_followers, events_shown
from tools.contract.merging import merging_of
from tools.contract.routes import Parameter, Route, all_routes
from tools.contract.shapes import Shapes, doc, indented

HEAD = """\
// Written by `make client-types` from the server's declarations. Do not edit it here.

/** A 64-bit id in decimal: too large for a JavaScript number. Compare with `compareIds`. */
export type Id = string
"""
ANYWHERE = (
    ("Any route", ANY_ROUTE),
    ("Routes that need a session", SIGNED_IN),
    ("Requests that change something", CHANGING),
    ("Changes that another site may decide", OWNED),
)


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
    lines = [
        f"{indented(doc(merging_of(each)))}  '{each.name}': {shapes.add(each.cls, without=each.private)}\n"
        for each in known
    ]
    says = "The `data` of every event that a client may be sent. docs/administrators/merge-rules.md explains what wins."
    yield f"{doc(says)}export interface EventData {{\n{''.join(lines)}}}\n"
    others = "".join(
        f"{indented(doc(f'{each.description} {merging_of(each)}'))}  | '{each.name}'\n"
        for each in events_for_followers()
    )
    says = "Events that sites tell each other and followers see, and no client is sent."
    yield f"{doc(says)}export type FollowersOnly =\n{others}"
    flags = "".join(
        f"  '{each.name}': '{write.cell.table.info[FLAG]}',\n"
        for each in known
        for write in each.writes
        if FLAG in write.cell.table.info
    )
    yield (
        "/** Flags that members set on messages, for all in the conversation: which one each event type is about. */\n"
        f"export const flagsSet = {{\n{flags}}} as const\n"
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
        statuses = " or ".join(str(status) for status in sorted({error.status for error in errors}))
        about = filter(None, (errors[0].__doc__, errors[0].hint, f"({statuses})"))
        lines.append(indented(doc(" ".join(about))))
        lines.append(f"  '{code}': {'{ ' + '; '.join(fields) + ' }' if fields else 'object'}\n")
    yield (
        "/** The errors a client may meet, by code, with what `details` of each says. */\n"
        "export interface ErrorDetails {\n" + "".join(lines) + "}\n"
    )
    yield "export type ErrorCode = keyof ErrorDetails\n"


def _routes(shapes: Shapes, routes: list[Route]) -> Iterator[str]:
    lines = []
    for route in routes:
        refused = f" Refused with {_codes(route.refusals)}." if route.refusals else ""
        lines.append(indented(doc(f"{route.text} Answers {route.status}.{refused}")))
        parts = [
            *_part(shapes, "path", route.in_path),
            *_part(shapes, "query", route.in_query),
            *([] if route.body is None else [f"body: {_body(shapes, route)}"]),
            f"answer: {shapes.of(route.answer)}",
        ]
        lines.append(f"  '{route.name}': {{ {'; '.join(parts)} }}\n")
    anywhere = " ".join(f"{text}: {_codes(errors)}." for text, errors in ANYWHERE)
    says = doc(f"Every route: what it takes and what it answers. Beside its own refusals may come: {anywhere}")
    yield f"{says}export interface Routes {{\n{''.join(lines)}}}\n"


def _codes(errors: Iterable[type[BilinError]]) -> str:
    return ", ".join(dict.fromkeys(f"`{error.code}`" for error in errors))


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
