"""How names sound, sort and are found."""

from collections.abc import Callable

import pytest

from bilin.core.characters import fold
from bilin.org import fields
from bilin.org.names import sort_key, spell, unit_sort_key


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("张伟", "zhang wei", "zw"),
        ("单雄信", "shan xiong xin", "sxx"),
        ("曾国藩", "zeng guo fan", "zgf"),
        ("尉迟恭", "yu chi gong", "ycg"),
        ("万俟卨", "mo qi xie", "mqx"),
        ("欧阳娜娜", "ou yang na na", "oynn"),
        ("任 盈盈", "ren ying ying", "ryy"),
        ("仇英", "qiu ying", "qy"),
        ("解晓东", "xie xiao dong", "xxd"),
        ("查良镛", "zha liang yong", "zly"),
        ("吕布", "lv bu", "lb"),
        ("Anna 王", "anna wang", "aw"),
        ("阿·买提", "a mai ti", "amt"),
        ("Anna", "", ""),
        ("José", "", ""),
        ("😀", "", ""),
        ("", "", ""),
    ],
)
def test_pinyin_with_the_readings_of_family_names(name: str, pinyin: str, initials: str) -> None:
    assert spell(name) == (pinyin, initials)


def test_chinese_sorts_by_sound_among_latin_names() -> None:
    names = ["张伟", "Bob", "安娜", "bea", "李娜", "Zoe", "单雄信", "李 娜", "Ärne"]
    assert sorted(names, key=sort_key) == ["安娜", "Ärne", "bea", "Bob", "李 娜", "李娜", "单雄信", "张伟", "Zoe"]
    assert sorted(["总裁办", "IT 部", "财务部", "单证部"], key=unit_sort_key) == ["财务部", "单证部", "IT 部", "总裁办"]


def test_folding_makes_forms_of_the_same_name_equal() -> None:
    assert fold("José") == fold("JOSE\u0301") == fold("ｊｏｓｅ") == "jose"
    assert fold("Straße") == "strasse"
    assert fold(fold("İstanbul")) == fold("İstanbul")


@pytest.mark.parametrize("check", [fields.person_name, fields.unit_name])
def test_a_name_needs_a_letter_and_hides_nothing(check: Callable[[str], str]) -> None:
    assert check("王\U00031350明 ") == "王\U00031350明"
    with pytest.raises(ValueError, match="letter"):
        check("🩷")
    with pytest.raises(ValueError, match=r"U\+202E"):
        check("张\u202e伟")


def test_a_number_is_pasted_with_what_stood_around_it() -> None:
    assert fields.phone("\u202a138 0013 8000\u202c") == "138 0013 8000"


@pytest.mark.parametrize("text", ["+86 138-0013-8000", "(021) 1234 5678 转 12", "110", "", "＋８６"])
def test_telephone_numbers(text: str) -> None:
    fields.phone(text)


@pytest.mark.parametrize("text", ["a@b", "a.b+c@例子.公司", ""])
def test_addresses(text: str) -> None:
    assert fields.email(text) == text


@pytest.mark.parametrize("text", ["a", "@", "a@b@c", "a b@c", "<a@b>", "x" * 250 + "@b.cn"])
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match="e-mail"):
        fields.email(text)


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u2800", "\u00a0\u2800 "])
def test_a_title_that_nobody_would_see_is_none(text: str) -> None:
    assert fields.title(text) == ""
