"""The people of the authorization table and the things they try to touch, made anew for every cell of the table."""

from dataclasses import dataclass
from typing import Any

from tests.identity.office import PASSWORD, Browser, Office

KINDS = (
    "anonymous",
    "leaver",
    "newcomer",
    "outsider",
    "member",
    "author",
    "conversation_admin",
    "owner",
    "other_branch_admin",
    "branch_admin",
    "auditor",
    "admin",
)
"""Who may try. `leaver`: signed in, then deactivated. `newcomer`: signed in with the password they
were given, and still to choose one. `outsider`: a colleague outside of the conversation, without
roles. `branch_admin` manages Shanghai, where the things are; `other_branch_admin` manages Shenzhen. `admin` manages the
company and is in no conversation."""

IN_CONVERSATION = ("member", "author", "conversation_admin", "owner")


@dataclass(slots=True)
class Cast:
    """Everybody's browsers and ids."""

    office: Office
    browsers: dict[str, Browser]
    ids: dict[str, str]
    shanghai: str
    shenzhen: str


Scene = dict[str, str]
"""What one cell is tried on: name of a placeholder of the table → id."""


async def gather_cast(office: Office) -> Cast:
    """Found the company and let everybody sign in."""
    boss = await office.found()
    shanghai, shenzhen = await office.unit(boss, "上海"), await office.unit(boss, "深圳")
    browsers, ids = {"admin": boss, "anonymous": await office.browser("192.0.2.9")}, {"admin": office.boss_id}
    for number, kind in enumerate(each for each in KINDS if each not in browsers):
        login = f"kind{number}"
        ids[kind] = await office.hire(boss, kind, login, shanghai)
        if kind == "newcomer":
            await boss.do("PATCH", f"/org/people/{ids[kind]}", {"password": PASSWORD})
        browsers[kind] = await office.sign_in(login, address=f"192.0.2.{20 + number}")
    roles = {"branch_admin": ("org_admin", shanghai), "other_branch_admin": ("org_admin", shenzhen)}
    roles["auditor"] = ("auditor", office.company)
    for kind, (role, unit) in roles.items():
        await boss.do("POST", "/grants", {"person": ids[kind], "role": role, "unit": unit})
    await boss.do("POST", f"/org/people/{ids['leaver']}/deactivate")
    return Cast(office, browsers, ids, shanghai, shenzhen)


async def set_scene(cast: Cast, number: int, needs: set[str]) -> Scene:
    """What a row needs, new: a conversation with a message, an empty unit, a colleague who is an auditor by a grant."""
    people = {name: cast.ids[name] for name in ("outsider", "member", "author")}
    scene = {**people, "shanghai": cast.shanghai, "number": str(number)}
    admin = cast.browsers["admin"]
    if needs & {"conversation", "message"}:
        scene |= await _conversation(cast)
    if "unit" in needs:
        scene["unit"] = await cast.office.unit(admin, f"仓库 {number}", cast.shanghai, "department")
    if needs & {"colleague", "grant"}:
        scene["colleague"] = await cast.office.hire(admin, "同事", f"colleague{number}", cast.shanghai)
        given = {"person": scene["colleague"], "role": "auditor", "unit": cast.shanghai}
        scene["grant"] = (await admin.do("POST", "/grants", given))["id"]
    return scene


async def _conversation(cast: Cast) -> Scene:
    owner, others = cast.browsers["owner"], [cast.ids[each] for each in IN_CONVERSATION if each != "owner"]
    group = await owner.do("POST", "/conversations", {"kind": "group", "title": "周会", "members": others})
    conversation = str(group["id"])
    role = f"/conversations/{conversation}/members/{cast.ids['conversation_admin']}/role"
    await owner.do("PUT", role, {"role": "admin"})
    sent = await cast.browsers["author"].do("POST", f"/conversations/{conversation}/messages", text("你好"))
    return {"conversation": conversation, "message": str(sent["id"])}


def text(words: str) -> dict[str, Any]:
    """The body of a message."""
    return {"content": {"blocks": [{"type": "paragraph", "spans": [{"type": "text", "text": words}]}]}}
