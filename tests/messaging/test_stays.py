"""Conversations that policy keeps at one site: nobody at home elsewhere comes in, whoever of them came first."""

from collections.abc import Awaitable
from typing import Any

import pytest

from bilin.core.errors import BilinError
from bilin.core.ids import PersonId, UnitId
from bilin.core.log import Decision
from bilin.messaging.conversations.commands.create import CreateGroup, create_group
from bilin.messaging.members.commands.add_members import AddMembers, add_members
from bilin.org import PersonAdded, Post, UnitAdded
from bilin.sites.homes.events import HomeSet, PolicySet
from bilin.sites.registry.events import SiteAdded
from tests.messaging.house import House


class Cast:
    """Anna and Ben work at headquarters, Cai and Dan in Zürich, whose conversations may not leave it."""

    def __init__(self, house: House, zurich: UnitId, people: list[PersonId]) -> None:
        self.house, self.zurich = house, zurich
        self.anna, self.ben, self.cai, self.dan = people

    async def close(self, unit: UnitId, leaves: Any = "nothing") -> None:
        await self.house.site.log.append(Decision([PolicySet(unit=unit, leaves=leaves, kinds=("conversation",))]), None)


@pytest.fixture
async def cast(house: House) -> Cast:
    log, zurich = house.site.log, UnitId(house.site.clock.next())
    added = UnitAdded(unit=zurich, parent=house.unit, name="Zürich", kind="branch", rank=0)
    await log.append(
        Decision([added, SiteAdded(site=2, name="Zürich", address=""), HomeSet(unit=zurich, site=2)]), None
    )
    people = await house.hire("Anna", "Ben")
    for name in ("Cai", "Dan"):
        person = PersonId(house.site.clock.next())
        posts = (Post(zurich, "", True),)
        facts = {"name": name, "title": "", "email": "", "phone": ""}
        await log.append(Decision([PersonAdded(person=person, unit=zurich, units=posts, **facts)]), None)
        people.append(person)
    return Cast(house, zurich, people)


async def kept(work: Awaitable[object]) -> list[PersonId]:
    """Whom a refusal names."""
    with pytest.raises(BilinError) as refused:
        await work
    assert (refused.value.code, refused.value.status) == ("sites.stays", 409)
    people: list[PersonId] = refused.value.details["people"]
    return people


async def test_without_a_policy_everybody_meets(cast: Cast) -> None:
    room = await cast.house.group(cast.anna, cast.cai)
    await cast.house.do(add_members, AddMembers(room, (cast.ben, cast.dan)), cast.anna)
    await cast.close(cast.zurich, "everything")
    await cast.house.direct(cast.anna, cast.cai)


async def test_nobody_is_brought_to_people_whose_conversations_stay(cast: Cast) -> None:
    await cast.close(cast.zurich)
    house = cast.house
    assert await kept(house.do(create_group, CreateGroup("x", (cast.ben, cast.cai)), cast.anna)) == [cast.ben, cast.cai]
    assert await kept(house.direct(cast.anna, cast.cai)) == [cast.cai]
    assert await kept(house.direct(cast.cai, cast.anna)) == [cast.anna]
    room = await house.group(cast.cai, cast.dan)
    assert await kept(house.do(add_members, AddMembers(room, (cast.anna,)), cast.cai)) == [cast.anna]
    assert (await house.conversation(cast.cai, room)).members == 2


async def test_people_whose_conversations_stay_are_not_brought_to_others(cast: Cast) -> None:
    room = await cast.house.group(cast.anna, cast.ben)
    await cast.close(cast.zurich)
    assert await kept(cast.house.do(add_members, AddMembers(room, (cast.cai,)), cast.anna)) == [cast.cai]


async def test_colleagues_of_one_site_meet_whatever_the_policy(cast: Cast) -> None:
    await cast.close(cast.house.unit)
    await cast.house.group(cast.anna, cast.ben)
    await cast.house.group(cast.cai, cast.dan)
    assert await kept(cast.house.direct(cast.anna, cast.cai)) == [cast.cai]


async def test_a_conversation_there_was_before_the_policy_goes_on(cast: Cast) -> None:
    room = await cast.house.group(cast.anna, cast.cai)
    await cast.close(cast.zurich)
    await cast.house.say(cast.anna, room)
    assert await kept(cast.house.do(add_members, AddMembers(room, (cast.ben,)), cast.anna)) == [cast.ben]


async def test_a_policy_on_other_kinds_keeps_nobody_apart(cast: Cast) -> None:
    said = PolicySet(unit=cast.zurich, leaves="nothing", kinds=("session", "presence"))
    await cast.house.site.log.append(Decision([said]), None)
    await cast.house.direct(cast.anna, cast.cai)
