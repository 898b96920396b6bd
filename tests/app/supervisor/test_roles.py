"""Which processes run on a machine, by its processors and by what was asked for."""

import os
from pathlib import Path

import pytest

from bilin.app.supervisor.errors import UnknownRole
from bilin.app.supervisor.roles import ALL, child_environ, plan, read_roles, web_processes
from bilin.app.supervisor.servers import Servers
from bilin.app.web import read_place
from bilin.core.ids import LANES, lane_of
from bilin.core.roles import PER_MACHINE, SMALL_SITE, Role
from bilin.core.settings import Settings, load_settings

HTTP = {Role.API, Role.GATEWAY}


def settings_with(**given: str) -> Settings:
    return load_settings({"BILIN_DATA_DIR": "/nowhere", **{f"BILIN_{name}": value for name, value in given.items()}})


@pytest.mark.parametrize("processors", [1, 2, 3])
def test_a_small_machine_runs_one_web_process_and_the_worker(processors: int) -> None:
    web, worker = plan(ALL, settings_with(), processors)
    assert web.place == SMALL_SITE
    assert web.command == ["bilin.app.web"]
    assert worker.command == ["bilin.app.worker"]


@pytest.mark.parametrize(("processors", "web"), [(4, 2), (8, 4), (16, 8), (64, 12)])
def test_a_large_machine_runs_several_and_two_that_may_write(processors: int, web: int) -> None:
    planned = plan(ALL, settings_with(), processors)
    assert web_processes(processors) == web
    assert [each.place.roles for each in planned] == [{Role.WRITER}] * 2 + [HTTP] * web + [{Role.WORKER}]
    assert all(each.is_shared for each in planned if each.has_http)
    numbers = [each.place.number for each in planned]
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) < PER_MACHINE


def test_the_setting_counts() -> None:
    assert [each.place.name for each in plan(ALL, settings_with(PROCESSES_WEB="2"), 1)] == [
        "writer-0", "writer-1", "web-2", "web-3", "worker",
    ]  # fmt: skip
    assert plan(ALL, settings_with(PROCESSES_WEB="1"), 16)[0].place == SMALL_SITE


@pytest.mark.parametrize(
    ("roles", "names"),
    [
        ("writer", ["writer-0"]),
        ("API, gateway", ["web-2"]),
        ("api", ["api-2"]),
        ("gateway,worker", ["gateway-2", "worker"]),
        ("web", ["web-0"]),
        ("all", ["web-0", "worker"]),
    ],
)
def test_some_roles(roles: str, names: list[str]) -> None:
    assert [each.place.name for each in plan(read_roles(roles), settings_with(), 2)] == names


@pytest.mark.parametrize("roles", ["", "writers", "api,,gateway", "api;gateway"])
def test_what_is_no_role_is_named(roles: str) -> None:
    with pytest.raises(UnknownRole):
        read_roles(roles)


def test_a_process_is_told_what_it_is() -> None:
    for planned in plan(ALL, settings_with(PROCESSES_WEB="3"), 1):
        if planned.command[0] == "bilin.app.web":
            assert read_place(planned.command[1:]) == (planned.place, planned.is_shared)


def test_each_process_of_each_machine_has_a_lane_of_its_own() -> None:
    lanes = [
        each.place.lane(settings)
        for machine in range(4)
        for settings in [settings_with(PROCESSES_MACHINE=str(machine))]
        for each in plan(ALL, settings, 64)
    ]
    assert len(set(lanes)) == len(lanes)
    assert max(lanes) < LANES
    counters = [counter for lane in lanes for counter in range(lane_of(lane).first, lane_of(lane).last + 1)]
    assert len(set(counters)) == len(counters)


def test_many_processes_share_the_connections_of_the_embedded_database(tmp_path: Path) -> None:
    servers = Servers(database_url="postgresql://x", nats_url="nats://x")
    few = child_environ(settings_with(), servers, 2)
    assert "BILIN_DATABASE_POOL_SIZE" not in few.keys() - os.environ.keys()
    assert int(child_environ(settings_with(), servers, 15)["BILIN_DATABASE_POOL_SIZE"]) * 15 <= 100
    own = settings_with(DATABASE_URL="postgresql://localhost")
    assert "BILIN_DATABASE_POOL_SIZE" not in child_environ(own, servers, 15).keys() - os.environ.keys()
