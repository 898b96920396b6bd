"""The table: every route, and what every kind of person gets from it. Nobody gets anything unless it says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.authorization.scene import IN_CONVERSATION, KINDS, text

OK = 200
NOT_SIGNED_IN, FORBIDDEN, NOT_FOUND = 401, 403, 404
SIGNED_IN = tuple(kind for kind in KINDS if kind not in ("anonymous", "leaver", "newcomer"))


@dataclass(frozen=True, slots=True)
class Row:
    """A route and who may use it. Placeholders in braces are the scene's."""

    method: str
    route: str
    """As the application knows it."""
    may: tuple[str, ...]
    path: str = ""
    """As it is tried, when it is not the route with the scene's names."""
    body: Any = None
    refused: int = FORBIDDEN
    """What those signed in get who may not, unless `others` says otherwise."""
    others: Mapping[str, int] = field(default_factory=dict)
    raw: bytes | None = None
    """A body that is not JSON."""

    @property
    def name(self) -> str:
        return f"{self.method} {self.route}"

    def expected(self, kind: str) -> int:
        """The status a kind of person gets; `OK` stands for all that worked."""
        if kind in self.others:
            return self.others[kind]
        if kind in self.may:
            return OK
        if kind == "newcomer":
            return FORBIDDEN  # from everything but choosing a password
        return self.refused if kind in SIGNED_IN else NOT_SIGNED_IN


PUBLIC = KINDS
MANAGERS = ("branch_admin", "admin")
C = "/api/conversations/{conversation:int}"
M = C + "/messages/{message:int}"
P = "/api/policies/{policy:str}"
RECALL = "messaging.recall_window_s"
OUTSIDE = {kind: NOT_FOUND for kind in SIGNED_IN if kind not in IN_CONVERSATION}
"""Who is not in a conversation does not even learn that there is one."""


def talk(method: str, route: str, may: tuple[str, ...], body: Any = None, path: str = "") -> Row:
    """A row of a conversation's route."""
    return Row(method, route, may, path, body, others=OUTSIDE)


NEWCOMER = {"newcomer": NOT_FOUND}
"""Who still has to choose a password may sign out, and has no such session."""

TABLE: tuple[Row, ...] = (
    # open to all
    Row("GET", "/health", PUBLIC),
    Row("GET", "/metrics", (), others=dict.fromkeys(KINDS, NOT_SIGNED_IN)),
    Row("GET", "/api/socket", (), others=dict.fromkeys(KINDS, 426)),
    Row("GET", "/", PUBLIC),
    Row("GET", "/{path:path}", PUBLIC, "/messages"),
    Row("GET", "/assets/{path:path}", (), "/assets/none.js", others=dict.fromkeys(KINDS, NOT_FOUND)),
    Row("GET", "/api/setup", PUBLIC),
    Row(
        "POST",
        "/api/setup",
        (),
        body={"company": "又一个", "name": "某人", "login": "x", "password": "correct horse 电池", "locale": "en"},
        others=dict.fromkeys(KINDS, 409),
    ),
    Row("POST", "/api/setup/join", (), body={"token": "bilin-site-none"}, others=dict.fromkeys(KINDS, FORBIDDEN)),
    Row("POST", "/api/sessions", (), body={"login": "nobody", "password": "x" * 12}, others=dict.fromkeys(KINDS, 401)),
    # myself
    Row("GET", "/api/me", (*SIGNED_IN, "newcomer")),
    Row("PATCH", "/api/me/preferences", SIGNED_IN, body={"theme": "dark"}),
    Row(
        "POST",
        "/api/me/password",
        (),
        body={"old": "not it at all", "new": "correct horse 电池 2"},
        others=dict.fromkeys(SIGNED_IN, FORBIDDEN),
    ),
    Row("GET", "/api/sessions", SIGNED_IN),
    Row("DELETE", "/api/sessions/{session:str}", (), "/api/sessions/12345", refused=NOT_FOUND, others=NEWCOMER),
    Row("GET", "/api/sync", SIGNED_IN),
    # the organisation: seen by colleagues, changed by those who manage the unit
    Row("GET", "/api/org/units", SIGNED_IN),
    Row("GET", "/api/org/people", SIGNED_IN, "/api/org/people?unit={shanghai}"),
    Row("GET", "/api/org/people/{person:str}", SIGNED_IN, "/api/org/people/{colleague}"),
    Row("GET", "/api/org/search", SIGNED_IN, "/api/org/search?q=tong"),
    Row("GET", "/api/org/directory", SIGNED_IN),
    Row(
        "POST",
        "/api/org/units",
        MANAGERS,
        body={"parent": "{shanghai}", "name": "新部门 {number}", "kind": "department"},
    ),
    Row("PATCH", "/api/org/units/{unit:str}", MANAGERS, "/api/org/units/{unit}", {"name": "改名 {number}"}),
    Row("DELETE", "/api/org/units/{unit:str}", MANAGERS, "/api/org/units/{unit}"),
    Row("POST", "/api/org/people", MANAGERS, body={"name": "新人", "login": "new{number}", "unit": "{shanghai}"}),
    Row("PATCH", "/api/org/people/{person:str}", MANAGERS, "/api/org/people/{colleague}", {"title": "主管"}),
    Row(
        "POST",
        "/api/org/people/{person:str}/deactivate",
        ("admin",),  # the colleague is an auditor: only somebody who holds that too may end it
        "/api/org/people/{colleague}/deactivate",
    ),
    Row(
        "POST",
        "/api/org/people/{person:str}/reactivate",
        MANAGERS,
        "/api/org/people/{colleague}/reactivate",
    ),
    Row("POST", "/api/org/import", ("admin",), "/api/org/import?dry_run=true", raw=b"login,name,unit\n"),
    Row("GET", "/api/sites", SIGNED_IN),
    Row("GET", "/api/sites/status", ("admin", "auditor")),
    Row("GET", "/api/sites/kept-back", ("admin", "auditor")),
    Row("POST", "/api/sites/kept-back/settle", ("admin",), body={"events": ["1"], "accepted": False}),
    Row("POST", "/api/sites/cut", ("admin",), body={"seconds": 1}),
    Row("DELETE", "/api/sites/cut", ("admin",)),
    Row("POST", "/api/sites/verify", (), body={"site": 2}, others=dict.fromkeys(("admin", "auditor"), NOT_FOUND)),
    Row("POST", "/api/sites/invitations", ("admin",), body={"name": "上海 {number}"}),
    Row("PATCH", "/api/sites/{number:int}", ("admin",), "/api/sites/1", {"name": "总部 {number}"}),
    Row("POST", "/api/sites/{number:int}/revoke", (), "/api/sites/1/revoke", others={"admin": 409}),
    Row("POST", "/api/sites/{number:int}/undo", (), "/api/sites/1/undo", {"since_ms": 0}, others={"admin": 409}),
    Row("POST", "/api/sites/{number:int}/retire", (), "/api/sites/1/retire", others={"admin": 409}),
    Row("GET", "/api/sites/homes", SIGNED_IN),
    Row("PUT", "/api/sites/homes/{unit:str}", ("admin",), "/api/sites/homes/{shanghai}", {"site": 1}),
    Row(
        "PUT",
        "/api/sites/policies/{unit:str}",
        ("admin",),
        "/api/sites/policies/{shanghai}",
        {"leaves": "shared", "kinds": ["session"]},
    ),
    # policies: who sets them is told of them; their own anybody
    Row("GET", "/api/policies", ("admin",), "/api/policies?unit={shanghai}"),
    Row("GET", P, ("admin",), f"/api/policies/{RECALL}?unit={{shanghai}}"),
    Row("GET", P + "/people/{person:str}", ("admin",), f"/api/policies/{RECALL}/people/{{colleague}}"),
    Row("PUT", P + "/units/{unit:str}", ("admin",), f"/api/policies/{RECALL}/units/{{shanghai}}", {"value": 60}),
    Row(
        "POST",
        P + "/units/{unit:str}/effect",
        ("admin",),
        f"/api/policies/{RECALL}/units/{{shanghai}}/effect",
        {"value": 60},
    ),
    Row("GET", "/api/grants", ("admin",), "/api/grants?unit={shanghai}"),
    Row("POST", "/api/grants", ("admin",), body={"person": "{colleague}", "role": "org_admin", "unit": "{shanghai}"}),
    Row("DELETE", "/api/grants/{grant:str}", ("admin",), "/api/grants/{grant}", refused=NOT_FOUND),
    # conversations: nothing for those outside
    Row("POST", "/api/conversations", SIGNED_IN, body={"kind": "group", "title": "新群", "members": ["{member}"]}),
    talk("GET", C, IN_CONVERSATION),
    talk("PATCH", C, ("conversation_admin", "owner"), {"title": "新名字"}),
    talk("PATCH", C + "/preferences", IN_CONVERSATION, {"muted": True}),
    talk("GET", C + "/members", IN_CONVERSATION),
    talk("POST", C + "/members", IN_CONVERSATION, {"people": ["{outsider}"]}),
    talk(
        "DELETE",
        C + "/members/{person:int}",
        ("author", "conversation_admin", "owner"),  # the author by leaving: it is them who is removed
        path="/api/conversations/{conversation}/members/{author}",
    ),
    Row("POST", C + "/leave", ("member", "author", "conversation_admin"), others={**OUTSIDE, "owner": 409}),
    talk("POST", C + "/owner", ("owner",), {"person": "{member}"}),
    talk(
        "PUT",
        C + "/members/{person:int}/role",
        ("owner",),
        {"role": "admin"},
        "/api/conversations/{conversation}/members/{member}/role",
    ),
    talk("GET", C + "/messages", IN_CONVERSATION),
    talk("POST", C + "/messages", IN_CONVERSATION, text("收到")),
    talk("PATCH", M, ("author",), text("改过")),
    talk("POST", M + "/recall", ("author", "conversation_admin", "owner")),
    talk("PUT", M + "/reactions/{emoji:str}", IN_CONVERSATION, path=""),
    talk("DELETE", M + "/reactions/{emoji:str}", IN_CONVERSATION),
    *(talk(method, f"{M}/{mark}", IN_CONVERSATION) for method in ("PUT", "DELETE") for mark in ("pin", "star")),
    talk("GET", C + "/pins", IN_CONVERSATION),
    talk("PUT", C + "/draft", IN_CONVERSATION, text("还没")),
    talk("DELETE", C + "/draft", IN_CONVERSATION),
    Row("GET", "/api/stars", SIGNED_IN),
    talk("POST", C + "/read", IN_CONVERSATION, {"through": "{message}"}),
    talk("GET", M + "/readers", ("author",)),
)
