"""The files of `docs/administrators/cluster.md`, as an administrator of three machines writes them from there."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from bilin.app.embedded.binaries import postgres_programs
from bilin.app.embedded.os_user import database_user
from tests.slow.machines.lan import ADDRESS, OURS, Machine

PAGE = Path(__file__).parents[3] / "docs" / "administrators" / "cluster.md"
PASSWORD = "secret"
FILES = ("etcd.yaml", "patroni.yaml", "nats.conf", "bilin.toml")
PLAIN = {
    "hostssl ": "host ",
    ", sslmode: verify-full, sslrootcert: /etc/bilin/ca.pem": "",
    '    ssl: "on"\n    ssl_cert_file: /etc/bilin/server.pem\n    ssl_key_file: /etc/bilin/server.key\n': "",
    "?sslmode=verify-full&sslrootcert=/etc/bilin/ca.pem": "",
    "[nats]": "[network]\ntunnel = true\n[nats]",
}
"""The PostgreSQL of the wheel has no TLS: the database alone goes as in a tunnel, all else as it stands there.
Bilin and a database behind TLS: `tests/core/test_database_tls.py`."""
REQUEST = "openssl req -newkey rsa:2048 -nodes -subj /CN={name} -keyout {folder}/server.key -out {folder}/request"
SIGN = "openssl x509 -req -days 2 -in {folder}/request -CA {ca}/ca.pem -CAkey {ca}/ca.key -extfile {folder}/names"
AUTHORITY = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout {ca}/ca.key -out {ca}/ca.pem"


def block(first_line: str) -> str:
    """The example that begins so."""
    found = re.search(rf"```\w*\n({re.escape(first_line)}.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None, first_line
    return found[1].replace("…", PASSWORD)


def statements() -> list[str]:
    """What is done once on the primary."""
    return [each for each in block("CREATE ROLE").split("\n") if each]


def write(machines: Sequence[Machine], port: int) -> None:
    """Certificates and files of each machine; people reach the site at a port of the load balancer, which is here."""
    authority = machines[0].folder.parent
    _run(AUTHORITY.format(ca=authority))
    names = {f"{each.name}.example.com": each.address for each in machines}
    ours = ADDRESS.format(network=machines[0].network, end=OURS)
    for machine in machines:
        own = {
            "THIS": machine.name,
            "machine = 0 ": f"machine = {machine.number - 1} ",
            "https://chat.example.com": f"https://127.0.0.1:{port}",
            "192.0.2.10": ours,
        }
        places = {
            "/etc/bilin": str(machine.folder),
            "/var/lib": str(machine.folder / "var"),
            "/usr/lib/postgresql/18/bin": str(postgres_programs(database_user())),
        }
        for file in FILES:
            (machine.folder / file).write_text(filled(block(f"# /etc/bilin/{file}"), PLAIN, own, names, places))
        _certify(machine, authority)


def load_balancer(machines: Sequence[Machine], folder: Path, port: int) -> Path:
    """The configuration of nginx, with nothing outside of a folder."""
    names = {f"{each.name}.example.com": each.address for each in machines}
    own = {"443 ssl": f"127.0.0.1:{port} ssl", "server_name chat.example.com": "server_name _"}
    text = filled(block("map $http_upgrade"), own, names, {"/etc/bilin": str(machines[0].folder)})
    temporary = (f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    outer = f"daemon off; pid {folder}/pid; error_log {folder}/nginx.log; events {{}}\nhttp {{ access_log off;"
    config = folder / "nginx.conf"
    config.write_text(f"{outer} {' '.join(temporary)}\n{text}\n}}")
    return config


def filled(text: str, *changes: Mapping[str, str]) -> str:
    """With what an administrator puts in, in this order."""
    for each in changes:
        for before, after in each.items():
            text = text.replace(before, after)
    return text


def _certify(machine: Machine, authority: Path) -> None:
    """A certificate with its address in the place of its name, and the key as PostgreSQL's user."""
    folder = machine.folder
    (folder / "names").write_text(f"subjectAltName=IP:{machine.address},IP:127.0.0.1")
    _run(REQUEST.format(name=machine.name, folder=folder))
    _run(SIGN.format(folder=folder, ca=authority) + f" -CAcreateserial -out {folder}/server.pem")
    shutil.copy(authority / "ca.pem", folder)
    user = database_user()
    assert user is not None, "network namespaces are root's"
    place = folder / "var" / "postgresql"
    place.mkdir(parents=True)
    for each in (place, folder / "server.key", folder / "patroni.yaml"):
        os.chown(each, user.uid, user.gid)
        each.chmod(0o700 if each.is_dir() else 0o600)


def _run(command: str) -> None:
    subprocess.run(command.split(), check=True, capture_output=True)
