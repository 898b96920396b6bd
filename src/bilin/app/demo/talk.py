"""What people of the sample company say to each other, and when: dialogues on working days of the last weeks."""

import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files

from bilin.app.demo.people import SampleCompany, SamplePerson
from bilin.messaging import Content, Mention, Paragraph, Span, Text

DAYS = 28
LATE_MINUTES = 9 * 60
CHINA_UTC_HOURS = 8
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Said:
    """One message: when (ms since the Unix epoch), who, and what."""

    at_ms: int
    sender: SamplePerson
    content: Content
    mentions: tuple[SamplePerson, ...]


class Talk:
    """Makes dialogues among people."""

    def __init__(self, dice: random.Random, company: SampleCompany, now: datetime) -> None:
        self._dice, self._words, self._now = dice, company.words, now
        lines = tomllib.loads(files("bilin.app.demo").joinpath("dialogues.toml").read_text(encoding="utf-8"))
        self._dialogues: dict[bool, list[list[str]]] = {True: lines["en"], False: lines["zh"]}

    def among(self, people: Sequence[SamplePerson], dialogues: int, english_share: float) -> list[Said]:
        """So many dialogues among these people, in order of time."""
        said: list[Said] = []
        for _ in range(dialogues):
            english = self._dice.random() < english_share
            said += self._dialogue(people, self._moment(), english)
        return sorted(said, key=lambda each: each.at_ms)

    def _moment(self) -> datetime:
        """A working hour of the last weeks, more often a recent one."""
        while True:
            back = self._dice.betavariate(1, 3) * DAYS
            day = (self._now - timedelta(days=back)).astimezone(UTC)
            begin = day.replace(hour=9 - CHINA_UTC_HOURS, minute=0, second=0, microsecond=0)
            at = begin + timedelta(minutes=self._dice.randrange(LATE_MINUTES))
            if at < self._now - timedelta(minutes=30) and at.weekday() < SATURDAY:
                return at

    def _dialogue(self, people: Sequence[SamplePerson], at: datetime, english: bool) -> Iterator[Said]:
        lines = self._dialogues[english]
        chosen = self._dice.choice([each for each in lines if len(_speakers(each)) <= len(people)])
        cast = dict(zip("ABC", self._dice.sample(list(people), len(_speakers(chosen))), strict=False))
        slots = self._slots(english)
        for line in chosen:
            role, _, text = line.partition(": ")
            at += timedelta(seconds=self._dice.randrange(8, 150))
            spans, mentions = _spans(text, slots, cast)
            yield Said(int(at.timestamp() * 1000), cast[role], Content(blocks=(Paragraph(spans=spans),)), mentions)

    def _slots(self, english: bool) -> dict[str, str]:
        days = ["Monday", "Wednesday", "Friday"] if english else ["周一", "周三", "周四", "周五"]
        clock = f"{self._dice.randrange(10, 18)}:{self._dice.choice(['00', '15', '30'])}"
        return {
            "n": str(self._dice.randrange(2, 9)),
            "m": str(self._dice.randrange(12, 480)),
            "day": self._dice.choice(days),
            "time": clock,
            "city": self._dice.choice(self._words["cities"]),
            "product": self._dice.choice(self._words["products"]),
            "customer": self._dice.choice(self._words["customers"]),
        }


def _speakers(lines: Sequence[str]) -> set[str]:
    return {line[0] for line in lines} | {slot for line in lines for slot in "ABC" if f"{{{slot}}}" in line}


def _spans(
    text: str, slots: dict[str, str], cast: dict[str, SamplePerson]
) -> tuple[tuple[Span, ...], tuple[SamplePerson, ...]]:
    for name, value in slots.items():
        text = text.replace(f"{{{name}}}", value)
    spans: list[Span] = []
    mentioned: list[SamplePerson] = []
    while (at := text.find("{")) >= 0:
        person = cast[text[at + 1]]
        if at:
            spans.append(Text(text=text[:at]))
        spans.append(Mention(person=person.id, name=person.name))
        mentioned.append(person)
        text = text[at + 3 :]
    if text:
        spans.append(Text(text=text))
    return tuple(spans), tuple(mentioned)
