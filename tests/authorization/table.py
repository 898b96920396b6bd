"""The table: every route, and what every kind of person gets from it. Nobody gets anything unless it says so."""

from tests.authorization.rows import FORBIDDEN, NOT_FOUND, NOT_SIGNED_IN, OUTSIDE, SIGNED_IN, C, M, Row, talk
from tests.authorization.scene import IN_CONVERSATION, KINDS, text
from tests.support.features import brought

PUBLIC = KINDS
MANAGERS = ("branch_admin", "admin")
P = "/api/policies/{policy:str}"
RECALL = "messaging.recall_window_s"
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
    Row("GET", "/api/org/accounts", MANAGERS, "/api/org/accounts?unit={shanghai}"),
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
    Row("PATCH", "/api/sites/{number:str}", ("admin",), "/api/sites/1", {"name": "总部 {number}"}),
    Row("POST", "/api/sites/{number:str}/revoke", (), "/api/sites/1/revoke", others={"admin": 409}),
    Row("POST", "/api/sites/{number:str}/undo", (), "/api/sites/1/undo", {"since_ms": 0}, others={"admin": 409}),
    Row("POST", "/api/sites/{number:str}/retire", (), "/api/sites/1/retire", others={"admin": 409}),
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
        C + "/members/{person:str}",
        ("author", "conversation_admin", "owner"),  # the author by leaving: it is them who is removed
        path="/api/conversations/{conversation}/members/{author}",
    ),
    Row("POST", C + "/leave", ("member", "author", "conversation_admin"), others={**OUTSIDE, "owner": 409}),
    talk("POST", C + "/owner", ("owner",), {"person": "{member}"}),
    talk(
        "PUT",
        C + "/members/{person:str}/role",
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
    talk("POST", C + "/read", IN_CONVERSATION, {"through": "{message}"}),
    talk("GET", M + "/readers", ("author",)),
    # of features that say it beside their other tests
    *brought("ROUTES"),
)
