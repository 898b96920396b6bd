"""A company with branches, and who administers them."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.convergence.conftest import office, settings
from tests.identity.office import Browser, Office

__all__ = ["office", "settings", "staff"]
RECALL = "messaging.recall_window_s"


@dataclass(slots=True)
class Staff:
    """A company with Shanghai (with a sales team) and Shenzhen. `boss` administers all, `sun` Shanghai, `li` nothing
    there: she sells. `sun` and `li` work in Shanghai."""

    office: Office
    boss: Browser
    sun: Browser
    li: Browser
    ids: dict[str, str]
    company: str
    shanghai: str
    sales: str
    shenzhen: str

    async def set(self, by: Browser, unit: str, value: Any, policy: str = RECALL, **more: Any) -> Any:
        """Set a policy."""
        return await by.do("PUT", f"/policies/{policy}/units/{unit}", {"value": value, **more})

    async def shown(self, by: Browser, unit: str, policy: str = RECALL) -> Any:
        """The policy as the page of a unit shows it."""
        told = await by.get(f"/policies?unit={unit}")
        (found,) = [each for each in told["policies"] if each["name"] == policy]
        return found

    async def mine(self, by: Browser, policy: str = RECALL) -> Any:
        """What holds for somebody."""
        return (await by.get("/me"))["policies"][policy]


@pytest.fixture
async def staff(office: Office) -> Staff:
    boss = await office.found()
    shanghai, shenzhen = await office.unit(boss, "上海"), await office.unit(boss, "深圳")
    sales = await office.unit(boss, "销售部", shanghai, "department")
    ids = {"sun": await office.hire(boss, "孙丽", "sun", shanghai), "li": await office.hire(boss, "李娜", "li", sales)}
    await boss.do("POST", "/grants", {"person": ids["sun"], "role": "admin", "unit": shanghai})
    sun, li = await office.sign_in("sun", address="192.0.2.1"), await office.sign_in("li", address="192.0.2.2")
    return Staff(office, boss, sun, li, ids, office.company, shanghai, sales, shenzhen)
