"""Names and kinds of files: whatever somebody sends as such."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilin.core.characters import has_control, is_blank
from bilin.files.kinds import SERVED, UNKNOWN, kind_of, served_as
from bilin.files.names import FORBIDDEN, MAX_NAME_BYTES, NAMELESS, ending_of, is_program, tidy_name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("合同 2024.pdf", "合同 2024.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\wei\\报价.xlsx", "报价.xlsx"),
        ("a/b/", "b"),
        ("..", NAMELESS),
        ("", NAMELESS),
        ("   ", NAMELESS),
        ("\u200b", NAMELESS),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ('what?*<>:"|.md', "what_______.md"),
        ("dots...", "dots"),
        (".gitignore", ".gitignore"),
        ("e\u0301.txt", "é.txt"),
        ("half\ud800.txt", "half.txt"),
        ("con", "_con"),
        ("NUL.tar.gz", "_NUL.tar.gz"),
        ("com1 .txt", "_com1 .txt"),
        ("console.txt", "console.txt"),
    ],
)
def test_names_are_made_such_that_show_what_they_are(said: str, name: str) -> None:
    assert tidy_name(said) == name


@given(st.text(max_size=400))
def test_every_name_can_be_stored_and_shown_and_stays_as_it_is(said: str) -> None:
    name = tidy_name(said)
    assert 0 < len(name.encode()) <= MAX_NAME_BYTES
    assert not is_blank(name)
    assert not has_control(name)
    assert not FORBIDDEN & set(name)
    assert tidy_name(name) == name


def test_what_is_too_long_keeps_its_ending() -> None:
    name = tidy_name("很长的名字" * 60 + ".docx")
    assert len(name.encode()) <= MAX_NAME_BYTES
    assert name.startswith("很长的名字")
    assert name.endswith("….docx")
    assert ending_of(tidy_name("x" * 300 + "." + "y" * 40)) != "y" * 40


@pytest.mark.parametrize(
    ("name", "head", "program"),
    [
        ("setup.EXE", b"", True),
        ("photo.jpg", b"MZ\x90\x00", True),
        ("photo.jpg", b"\x7fELF\x02", True),
        ("notes.txt", b"#!/bin/sh", True),
        ("notes.txt", b"MY notes", False),
        ("exe", b"", False),
        ("表.xlsx", b"PK\x03\x04", False),
    ],
)
def test_programs_are_known_by_name_and_by_how_they_begin(name: str, head: bytes, program: bool) -> None:
    assert is_program(name, head) == program


PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.mark.parametrize(
    ("said", "head", "kind"),
    [
        ("image/png", PNG, "image/png"),
        ("text/html", PNG, "image/png"),
        ("image/png", b"<html><script>", UNKNOWN),
        ("image/svg+xml", b"<svg onload=alert(1)>", UNKNOWN),
        ("application/pdf", b"<html>", UNKNOWN),
        ("text/html", b"<html>", "text/html"),
        ("TEXT/Plain; charset=gbk", b"hello", "text/plain"),
        ("", b"hello", UNKNOWN),
        ("nonsense", b"hello", UNKNOWN),
        ("text/plain\r\nx: y", b"hello", UNKNOWN),
        ("text/" + "x" * 200, b"hello", UNKNOWN),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            b"PK\x03\x04",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("image/png", b"PK\x03\x04", "application/zip"),
        ("image/heic", b"\x00\x00\x00\x18ftypheic", "image/heic"),
        ("audio/mp4", b"\x00\x00\x00\x18ftypisom", "audio/mp4"),
        ("image/webp", b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        ("image/webp", b"RIFF\x00\x00\x00\x00xxxx", UNKNOWN),
        ("audio/mpeg", b"\xff\xfb\x90\x00", "audio/mpeg"),
    ],
)
def test_the_kind_is_what_the_bytes_say(said: str, head: bytes, kind: str) -> None:
    assert kind_of(said, head) == kind


@given(st.text(max_size=120), st.binary(max_size=64))
def test_no_browser_is_told_of_anything_that_runs(said: str, head: bytes) -> None:
    served = served_as(kind_of(said, head))
    assert served == UNKNOWN or served in SERVED
    assert not served.startswith(("text/", "image/svg", "application/x"))
