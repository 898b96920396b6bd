"""What the server declares to its clients: one meaning for each code, words for each, nothing unknown."""

import json
import re
from pathlib import Path
from typing import Any, cast

import pytest

from bilin.app.contract import refusals_of
from bilin.app.web import build_app
from bilin.core.errors import Conflict, Invalid, parameters_of
from bilin.core.reasons import Reason, TooShort
from bilin.core.site import Site
from tools.contract.errors import all_reasons, declared, errors_met, parameters_met
from tools.contract.events import events_shown
from tools.contract.routes import all_routes
from tools.contract.shapes import Ambiguous, Shapes
from tools.contract.typescript import typescript

WORDS = Path(__file__).parents[2] / "web" / "src" / "core" / "problems" / "words"
FEATURES = Path(__file__).parents[2] / "web" / "src" / "features"
OWN_WORDS = re.compile(r"^const \w+: ProblemWords = \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
"""What a feature says of codes: some that it alone meets have no other words."""
LOCALES = Path(__file__).parents[2] / "web" / "locales"
CODE = re.compile(r"[a-z]+\.[a-z]+(_[a-z]+)*")
WORDED = re.compile(r"^  '?([\w.]+)'?: msg(?:`([^`]*)`|\(\{\s*message:\s*'([^']*)',?\s*\}\)),$", re.MULTILINE)
PLACE = re.compile(r"\{(\w+)\}")
GIVEN_BY_CLIENT = {"name"}
"""What the browser knows itself: the name of the site that a problem is about."""


def words_in(*names: str) -> dict[str, str]:
    """The English words of the browser, by code."""
    return worded([(WORDS / f"{name}.ts").read_text(encoding="utf-8") for name in names])


def words_of_features() -> dict[str, str]:
    """The same, that stand beside what meets the code."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(FEATURES.rglob("*.ts*"))]
    return worded([words for text in texts for words in OWN_WORDS.findall(text)])


def worded(texts: list[str]) -> dict[str, str]:
    """By code, from the sources."""
    return {code: plain or full for text in texts for code, plain, full in WORDED.findall(text)}


ERROR_WORDS = words_of_features() | words_in("house", "identity", "org", "messaging", "policies", "files", "sites")
REASON_WORDS = words_in("reasons")


def test_no_code_is_declared_twice_and_all_are_well_formed() -> None:
    codes = [error.code for error in declared()]
    assert sorted(codes) == sorted(set(codes))
    assert [code for code in codes if not CODE.fullmatch(code)] == []


def test_every_error_says_what_it_means_and_what_to_do() -> None:
    assert [error.code for error in declared() if not (error.__doc__ and error.title)] == []
    assert [code for code, errors in errors_met(all_routes()).items() if not errors[0].__doc__] == []


def test_every_error_and_reason_has_words_in_the_browser() -> None:
    assert set(errors_met(all_routes())) <= set(ERROR_WORDS)
    assert {str(each.__struct_config__.tag) for each in all_reasons()} == set(REASON_WORDS)


def test_words_name_only_what_the_error_says() -> None:
    for code, errors in errors_met(all_routes()).items():
        known = set(parameters_met(errors)) | GIVEN_BY_CLIENT
        assert set(PLACE.findall(ERROR_WORDS[code])) <= known, code
    for each in all_reasons():
        assert set(PLACE.findall(REASON_WORDS[str(each.__struct_config__.tag)])) <= set(each.__struct_fields__), each


def test_both_languages_name_the_same() -> None:
    """That none lacks a translation is asked by `make words`."""
    shell = (LOCALES / "zh-CN" / "shell.po").read_text(encoding="utf-8")
    pairs = re.findall(r'^msgid "(.*)"\nmsgstr "(.*)"$', shell, re.MULTILINE)
    translated = dict(pairs)
    told = [text for text in (*ERROR_WORDS.values(), *REASON_WORDS.values()) if text in translated]
    assert len(told) > 60
    assert [text for text in told if set(PLACE.findall(text)) != set(PLACE.findall(translated[text]))] == []


def test_reasons_have_one_meaning_and_say_it_in_english() -> None:
    reasons = list(all_reasons())
    tags = [each.__struct_config__.tag for each in reasons]
    assert sorted(map(str, tags)) == sorted({str(tag) for tag in tags})
    for each in reasons:
        assert each.__doc__
        assert set(PLACE.findall(each.text)) <= set(each.__struct_fields__)


def test_a_refusal_has_its_reasons_for_programs_and_in_english() -> None:
    refused = Invalid(reasons={"password": TooShort(least=8)})
    assert refused.details["fields"] == {"password": "at least 8 characters"}
    assert refused.details["reasons"] == {"password": TooShort(least=8)}
    assert refused.detail == "password: at least 8 characters"


def test_an_error_takes_no_parameter_that_it_does_not_declare() -> None:
    with pytest.raises(TypeError, match="limit"):
        Conflict(limit=5)  # type: ignore[call-arg]
    assert set(parameters_of(Invalid)) == {"reasons"}


def test_every_route_is_typed() -> None:
    shapes = Shapes()
    for route in all_routes():
        for kind in (route.answer, *(each.kind for each in (route.in_path | route.in_query).values())):
            shapes.of(kind)
        if route.body not in (None, bytes):
            shapes.of(route.body, taken=True)
        assert route.text, route.name


def test_what_nobody_described_has_no_shape() -> None:
    for kind in (Any, dict[str, Any], object):
        with pytest.raises(TypeError, match="no shape"):
            Shapes().of(kind)


def test_two_shapes_of_one_name_are_refused() -> None:
    import msgspec

    one, other = (msgspec.defstruct("Twin", [(field, int)], module="bilin.core.errors") for field in "ab")
    shapes = Shapes()
    shapes._from["Twin"] = (one, False)
    with pytest.raises(Ambiguous, match="Twin"):
        shapes.add(other)


def test_clients_know_no_private_field_and_no_event_of_followers() -> None:
    text = typescript()
    shown = {known.name for known in events_shown()}
    assert "identity.password_set" not in shown
    assert "identity.session_opened" in shown
    for known in events_shown():
        start = text.index(f"export interface {known.cls.__name__} ")
        interface = text[start : text.index("\n}\n", start)]
        assert not [field for field in known.private if re.search(rf"^  {field}\??:", interface, re.MULTILINE)]


def test_a_route_answers_with_its_own_errors_and_those_of_its_kind() -> None:
    (route,) = [route for route in all_routes() if route.name == "GET /org/people/{person}"]
    codes = {error.code for error in refusals_of(route.method, {"refuses": route.refusals})}
    assert {"org.person_not_found", "identity.not_signed_in", "core.invalid"} <= codes
    assert "core.key_reused" not in codes
    assert "sites.unreachable" not in codes


def test_reasons_travel_as_codes_with_parameters() -> None:
    from bilin.core.codec import to_json

    reasons: dict[str, Reason] = {"new": TooShort(least=8)}
    assert json.loads(to_json(reasons)) == {"new": {"code": "too_short", "least": 8}}


class NoSite:
    """All that building the application asks of a site."""

    def provide(self, kind: type[Any], what: Any) -> None:
        """Takes it."""


def test_the_description_of_the_interface_types_ids_and_answers() -> None:
    described = build_app(cast("Site", NoSite())).openapi_schema.to_schema()
    made = described["components"]["schemas"]["Made"]["properties"]
    assert made["id"]["type"] == "string"
    assert made["pos"]["type"] == "integer"
    sent = described["paths"]["/api/conversations/{conversation}/messages"]["post"]
    assert sent["parameters"][0]["schema"]["type"] == "string"
