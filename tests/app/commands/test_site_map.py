"""`bilin site status` on a terminal: who is reached, and what is behind."""

import io
import time
from typing import Any

from rich.console import Console
from rich.text import Text

from bilin.app.commands.site_map import draw_map, print_status


def told(number: int, name: str, **more: Any) -> dict[str, Any]:
    usual = {
        "number": number,
        "name": name,
        "address": "",
        "state": "joined",
        "reachable": True,
        "version": "0.1.0",
        "last_contact_ms": round(time.time() * 1000),
        "clock_offset_ms": 3,
        "round_trip_ms": 41,
        "behind_events": 0,
        "behind_s": 0.0,
        "ahead_events": 0,
        "ahead_s": 0.0,
        "position": [1, 5],
        "followed_pos": 5,
        "needs": 0,
        "bytes_in": 2048,
        "bytes_out": 3 * 1024 * 1024,
        "held": None,
        "alerts": [],
    }
    return usual | more


def test_a_branch_that_is_cut_off_is_seen_at_a_glance() -> None:
    hours_ago = round(time.time() * 1000) - 3 * 3_600_000
    sites = [
        told(1, "云川集团"),
        told(2, "上海"),
        told(3, "深圳", reachable=False, last_contact_ms=hours_ago, alerts=["unreachable"]),
        told(4, "广州", state="invited", reachable=False, version=None),
    ]
    lines = [line.plain for line in draw_map(sites, 1)]
    assert lines[0] == "  [ 1 云川集团 · here ]──┬─────[ 2 上海 ] reached"
    assert lines[1].endswith("├──╳──[ 3 深圳 ] not reached for 3 h")
    assert lines[2].endswith("└·····[ 4 广州 ] invited")
    assert len({line.index(end) for line, end in zip(lines[1:], "├└", strict=True)}) == 1


def test_the_table_tells_lag_bytes_and_alerts() -> None:
    out = io.StringIO()
    held = {"code": "core.clock_ahead", "detail": "An id lies too far in the future"}
    behind = told(2, "上海", behind_events=1234, behind_s=61.0, held=held, alerts=["held"])
    status = {"here": 1, "pos": 5, "cut_s": 30, "sites": [told(1, "总部"), behind], "login_conflicts": []}
    print_status(Console(file=out, width=160), status)
    said = out.getvalue()
    for part in (
        "1,234 ev · 61 s",
        "nothing",
        "2 KiB",
        "3.0 MiB",
        "+3 ms",
        "41 ms",
        "2 上海: held (An id lies",
        "30 s more",
    ):
        assert part in said, part


def test_a_company_with_one_site_is_just_that() -> None:
    assert [line.plain for line in draw_map([told(1, "")], 1)] == ["  [ 1 · here ]"]


def test_on_a_narrow_terminal_no_line_is_broken_and_no_figure_lost() -> None:
    out = io.StringIO()
    behind = told(2, "上海", behind_events=123_456, behind_s=3600.0, alerts=["behind"])
    sites = [told(1, "云川集团"), behind, told(3, "深圳", state="invited", reachable=False, version=None)]
    print_status(Console(file=out, width=80), {"here": 1, "pos": 5, "cut_s": 12.25, "sites": sites})
    lines = out.getvalue().splitlines()
    assert max(Text(line).cell_len for line in lines) <= 80
    assert "    we lack       123,456 ev · 3600 s     they lack   nothing" in [line.rstrip() for line in lines]
    assert "  3 深圳  invited" in lines
    assert "  ! 2 上海: behind (reached, but more than half a minute behind)" in lines
    assert "  ! The line is cut on purpose for 13 s more. Sooner: bilin site mend" in lines
