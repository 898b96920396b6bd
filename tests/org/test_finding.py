"""Whom and what one finds by which letters. The browser is held to the same: web/src/core/pinyin/match.test.ts."""

import json
from pathlib import Path

import pytest

from bilin.core.characters import squashed, words_of
from bilin.org.apply.people import work_out_anew
from bilin.org.finding import found_by
from bilin.org.names import spell
from bilin.org.readings import MAX_FORMS
from bilin.org.telephones import numbers_meant
from tests.identity.office import Browser, Office

CASES = json.loads(Path(__file__).with_name("finding.json").read_text(encoding="utf-8"))


def finds(name: str, query: str) -> bool:
    """As the database looks: the whole, else every word of it."""
    lines = found_by(name, "")
    return squashed(query) in lines or all(word in lines for word in words_of(query))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_people_and_units_are_found(case: dict[str, object]) -> None:
    name = str(case["name"])
    assert [query for query in case["by"] if not finds(name, query)] == []  # type: ignore[attr-defined]
    assert [query for query in case["not"] if finds(name, query)] == []  # type: ignore[attr-defined]
    assert case["pinyin"] in ("", spell(name)[0])


def test_a_name_with_countless_readings_stays_small() -> None:
    assert found_by("行重长单" * 16, "").count("\n") < 12 * MAX_FORMS


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("+8613800138000", ["13800138000", "138 0013 8000", "+86 138-0013-8000", "008613800138000"]),
        ("13800138000", ["13800138000", "+8613800138000", "0086 138 0013 8000"]),
        ("02112345678", ["021-12345678", "+86 21 1234 5678", "(021) 1234 5678 转 12"]),
        ("+442079460958", ["+44 20 7946 0958", "020 7946 0958"]),
        ("110", ["110"]),
    ],
)
def test_a_number_is_the_same_however_it_is_written(stored: str, meant: list[str]) -> None:
    assert [text for text in meant if not _is_meant(stored, text)] == []


@pytest.mark.parametrize("part", ["0013800", "1380013800", "3800138000", "00138000", "13", "", "call", "1380013800a"])
def test_a_part_of_a_number_is_none(part: str) -> None:
    assert not _is_meant("13800138000", part)
    assert not _is_meant("+8613800138000", part)


def _is_meant(stored: str, text: str) -> bool:
    abroad, inland = numbers_meant(text)
    return stored[1:] in abroad if stored.startswith("+") else stored in inland


async def test_names_worked_out_by_an_older_release_are_found_as_well(office: Office, boss: Browser) -> None:
    person = await office.hire(boss, "覃晓明", "qin")
    async with office.site.pool.acquire() as db:
        await db.execute("UPDATE org.person SET found_by = E'\\n覃晓明\\n', pinyin = ''")
        assert (await boss.get("/org/search?q=tanxiaoming"))["people"] == []
        await work_out_anew(db)
    found = (await boss.get("/org/search?q=tanxiaoming"))["people"]
    assert [(each["id"], each["pinyin"]) for each in found] == [(person, "qin xiao ming")]
