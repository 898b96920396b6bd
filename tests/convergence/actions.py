"""What people do at random, over HTTP, so that every event type happens as it does in life.

An action that is refused (somebody left meanwhile) is fine: nothing happened. Which types did happen is checked.
"""

from collections.abc import Callable

from bilin.core.ids import Id
from bilin.core.log import Decision
from bilin.sites.registry.events import SiteAdded, SiteInvited, SiteJoined
from tests.convergence.crowd import EMOJI, Action, Crowd, words
from tests.identity.office import PASSWORD
from tests.support.features import brought

ACTIONS: list[Action] = brought("ACTIONS")
"""Each as often as it happens beside the others."""


def action(often: int = 1) -> Callable[[Action], Action]:
    """Something people do, this often."""

    def register(function: Action) -> Action:
        ACTIONS.extend([function] * often)
        return function

    return register


@action(often=2)
async def create_group(crowd: Crowd) -> None:
    members = crowd.dice.sample(crowd.people, crowd.dice.randrange(1, len(crowd.people)))
    body = {"kind": "group", "title": f"群 {crowd.count}", "members": members}
    made = await crowd.try_(crowd.someone(), "POST", "/conversations", body)
    if made:
        crowd.groups.append(made["id"])


@action()
async def begin_direct(crowd: Crowd) -> None:
    one, other = crowd.dice.sample(crowd.people, 2)
    made = await crowd.try_(one, "POST", "/conversations", {"kind": "direct", "person": other})
    if made and made["conversation"]["id"] not in crowd.directs:
        crowd.directs.append(made["conversation"]["id"])


@action(often=14)
async def send(crowd: Crowd) -> None:
    if not (crowd.groups or crowd.directs):
        return
    conversation, person = crowd.dice.choice(crowd.groups + crowd.directs), crowd.someone()
    body = words(crowd)
    earlier = [message for place, message, _ in crowd.messages if place == conversation]
    if earlier and crowd.dice.random() < 0.3:
        body["reply_to"] = crowd.dice.choice(earlier)
    if crowd.dice.random() < 0.3:
        body["draft"] = crowd.drafts.get((person, conversation))
    sent = await crowd.try_(person, "POST", f"/conversations/{conversation}/messages", body)
    if sent:
        crowd.messages.append((conversation, sent["id"], person))


@action(often=3)
async def edit(crowd: Crowd) -> None:
    if crowd.messages:
        conversation, message, sender = crowd.dice.choice(crowd.messages)
        await crowd.try_(sender, "PATCH", f"/conversations/{conversation}/messages/{message}", words(crowd))


@action(often=2)
async def recall(crowd: Crowd) -> None:
    if crowd.messages:
        conversation, message, sender = crowd.dice.choice(crowd.messages)
        await crowd.try_(sender, "POST", f"/conversations/{conversation}/messages/{message}/recall")


@action(often=6)
async def react(crowd: Crowd) -> None:
    if crowd.messages:
        conversation, message, _ = crowd.dice.choice(crowd.messages)
        method, emoji = crowd.dice.choice(["PUT", "PUT", "DELETE"]), crowd.dice.choice(EMOJI)
        path = f"/conversations/{conversation}/messages/{message}/reactions/{emoji}"
        await crowd.try_(crowd.someone(), method, path)


@action(often=6)
async def read(crowd: Crowd) -> None:
    if crowd.messages:
        conversation, message, _ = crowd.dice.choice(crowd.messages)
        await crowd.try_(crowd.someone(), "POST", f"/conversations/{conversation}/read", {"through": message})


@action(often=2)
async def prefer(crowd: Crowd) -> None:
    if crowd.groups or crowd.directs:
        conversation = crowd.dice.choice(crowd.groups + crowd.directs)
        body = {crowd.dice.choice(["muted", "pinned", "hidden", "unread"]): crowd.dice.random() < 0.6}
        await crowd.try_(crowd.someone(), "PATCH", f"/conversations/{conversation}/preferences", body)


@action(often=2)
async def rename(crowd: Crowd) -> None:
    if crowd.groups:
        group = crowd.dice.choice(crowd.groups)
        await crowd.try_(crowd.someone(), "PATCH", f"/conversations/{group}", {"title": f"新名 {crowd.count}"})


@action(often=3)
async def add(crowd: Crowd) -> None:
    if crowd.groups:
        group, people = crowd.dice.choice(crowd.groups), crowd.dice.sample(crowd.people, 2)
        await crowd.try_(crowd.someone(), "POST", f"/conversations/{group}/members", {"people": people})


@action(often=2)
async def remove(crowd: Crowd) -> None:
    if crowd.groups:
        group = crowd.dice.choice(crowd.groups)
        await crowd.try_(crowd.someone(), "DELETE", f"/conversations/{group}/members/{crowd.someone()}")


@action()
async def leave(crowd: Crowd) -> None:
    if crowd.groups:
        await crowd.try_(crowd.someone(), "POST", f"/conversations/{crowd.dice.choice(crowd.groups)}/leave")


@action(often=2)
async def set_role(crowd: Crowd) -> None:
    if crowd.groups:
        path = f"/conversations/{crowd.dice.choice(crowd.groups)}/members/{crowd.someone()}/role"
        body = {"role": crowd.dice.choice(["admin", "member"])}
        for person in crowd.people:
            if await crowd.try_(person, "PUT", path, body):
                return


@action()
async def hand_on(crowd: Crowd) -> None:
    if crowd.groups:
        group, heir = crowd.dice.choice(crowd.groups), crowd.someone()
        for person in crowd.people:
            if await crowd.try_(person, "POST", f"/conversations/{group}/owner", {"person": heir}):
                return


@action(often=2)
async def change_units(crowd: Crowd) -> None:
    boss, name = crowd.people[0], f"部门 {crowd.count}"
    lot = crowd.dice.randrange(4)
    if lot == 0 or not crowd.units:
        body = {"parent": crowd.office.company, "name": name, "kind": "department"}
        made = await crowd.try_(boss, "POST", "/org/units", body)
        if made:
            crowd.units.append(made["id"])
    elif lot == 1:
        await crowd.try_(boss, "PATCH", f"/org/units/{crowd.dice.choice(crowd.units)}", {"name": name})
    elif lot == 2:
        to = crowd.dice.choice([crowd.office.company, *crowd.units])
        await crowd.try_(boss, "PATCH", f"/org/units/{crowd.dice.choice(crowd.units)}", {"parent": to})
    elif await crowd.try_(boss, "DELETE", f"/org/units/{crowd.units[-1]}"):  # the likeliest to be empty
        crowd.units.pop()


@action(often=2)
async def change_people(crowd: Crowd) -> None:
    boss, lot = crowd.people[0], crowd.dice.randrange(4)
    if lot == 0 or not crowd.hired:
        unit = crowd.dice.choice([crowd.office.company, *crowd.units])
        body = {"name": f"李 {crowd.count}", "login": f"new{crowd.count}", "unit": unit}
        made = await crowd.try_(boss, "POST", "/org/people", body)
        if made:
            crowd.hired.append(made["id"])
        return
    person = crowd.dice.choice(crowd.hired)
    if lot == 1:
        body = {"name": f"王 {crowd.count}", "title": "主管", "login": f"other{crowd.count}"}
        await crowd.try_(boss, "PATCH", f"/org/people/{person}", body)
    else:
        await crowd.try_(boss, "POST", f"/org/people/{person}/{'deactivate' if lot == 2 else 'reactivate'}")


@action(often=2)
async def change_grants(crowd: Crowd) -> None:
    boss = crowd.people[0]
    if crowd.grants and crowd.dice.random() < 0.4:
        await crowd.try_(boss, "DELETE", f"/grants/{crowd.grants.pop()}")
        return
    body = {"person": crowd.dice.choice(crowd.people[1:]), "role": "auditor", "unit": crowd.office.company}
    given = await crowd.try_(boss, "POST", "/grants", body)
    if given:
        crowd.grants.append(given["id"])


@action(often=2)
async def change_policies(crowd: Crowd) -> None:
    boss, unit = crowd.people[0], crowd.dice.choice([crowd.office.company, *crowd.units])
    body = {"value": crowd.dice.choice([None, 80_000, 90_000]), "subject": crowd.dice.choice(["", "", "role:auditor"])}
    policy = crowd.dice.choice(["messaging.edit_window_s", "messaging.recall_window_s"])
    await crowd.try_(boss, "PUT", f"/policies/{policy}/units/{unit}", body)


@action(often=2)
async def change_preferences(crowd: Crowd) -> None:
    body = crowd.dice.choice([{"theme": "dark"}, {"locale": "en"}, {"quiet_until": 9_000}, {"text_scale": 110}])
    await crowd.try_(crowd.someone(), "PATCH", "/me/preferences", body)


@action()
async def sign_in_and_out(crowd: Crowd) -> None:
    number = crowd.dice.randrange(1, len(crowd.people))
    elsewhere = await crowd.office.sign_in(f"person{number}", PASSWORD, f"192.0.2.{crowd.count % 200}")
    await elsewhere.send("DELETE", "/sessions/current")


@action()
async def set_passwords(crowd: Crowd) -> None:
    """To what it was, so that everybody can sign in; it is another event all the same, which keeps this browser."""
    person = crowd.someone()
    await crowd.try_(person, "POST", "/me/password", {"old": PASSWORD, "new": PASSWORD})


@action(often=2)
async def change_sites(crowd: Crowd) -> None:
    boss = crowd.people[0]
    if not crowd.sites or crowd.dice.random() < 0.2:
        await join_site(crowd)
        return
    site, lot = crowd.dice.choice(crowd.sites), crowd.dice.random()
    if lot < 0.6:
        body = crowd.dice.choice(
            [{"name": f"分公司 {crowd.count}"}, {"address": f"https://b{crowd.count}.example.com"}]
        )
        await crowd.try_(boss, "PATCH", f"/sites/{site}", body)
    elif lot < 0.8:
        await crowd.try_(boss, "POST", f"/sites/{site}/revoke")
    else:
        await crowd.try_(boss, "POST", f"/sites/{site}/retire")
        crowd.sites.remove(site)


async def join_site(crowd: Crowd) -> None:
    """A site that nobody runs: nobody is at home there."""
    office, site = crowd.office, crowd.count + 1
    added = SiteAdded(site=site, name=f"分公司 {site}", address="")
    invited = await office.site.log.append(Decision([added, SiteInvited(site=site)]), office.person(office.boss_id))
    joined = SiteJoined(site=site, invitation=Id(invited.id + 1), nonce_sha256=f"{site:064x}")
    await office.site.log.append(Decision([joined]), None)
    crowd.sites.append(site)


@action(often=4)
async def change_homes_and_policies(crowd: Crowd) -> None:
    boss, unit = crowd.people[0], crowd.dice.choice([crowd.office.company, *crowd.units])
    if crowd.dice.random() < 0.5:
        await crowd.try_(boss, "PUT", f"/sites/homes/{unit}", {"site": crowd.dice.choice([1, None])})
        return
    kinds = crowd.dice.sample(["conversation", "session", "presence"], crowd.dice.randrange(4))
    body = {"leaves": crowd.dice.choice(["everything", "shared", "nothing"]), "kinds": kinds}
    await crowd.try_(boss, "PUT", f"/sites/policies/{unit}", body)
