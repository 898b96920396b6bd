"""The first and the last words of `bilin serve`."""

import ipaddress
import os

from bilin.app.supervisor.progress import Progress
from bilin.app.supervisor.roles import client_is_built
from bilin.core.settings import HttpSettings, Settings, SiteSettings
from bilin.identity import printed_setup_code

STOP = "Ctrl-C stops everything."


async def welcome(progress: Progress, settings: Settings, address: str, *, has_web: bool) -> None:
    """The address, the folder, and what a person who sees this for the first time may want to know."""
    http = settings[HttpSettings]
    if progress.as_json:
        _tell(progress, settings, address, has_web=has_web)
        return
    progress.line()
    if has_web:
        progress.console.print(f"  [dim]{'Open':<8}[/dim][bold cyan link={address}]{address}[/]", soft_wrap=True)
    progress.say("Data", str(settings[SiteSettings].data_dir))
    progress.line()
    if has_web:
        await _first_visit(progress, settings)
        _who_can_reach(progress, http)
    progress.line(STOP)
    progress.line()


def _tell(progress: Progress, settings: Settings, address: str, *, has_web: bool) -> None:
    """The same for a program, in one line."""
    about = {"data": str(settings[SiteSettings].data_dir), "stop": STOP}
    if has_web:
        about = {"address": address, **about}
        if (code := printed_setup_code(settings)) is not None:
            about["setup_code"] = code
    progress.tell("serve.ready", about=about)


async def _first_visit(progress: Progress, settings: Settings) -> None:
    """Who can read this started the server: with the code they found the company, and nobody else does."""
    if not client_is_built():
        progress.note("The browser client is not built: run `make web`. Only the API works until then.")
    code = printed_setup_code(settings)
    if code is not None:
        demo = "make demo" if "MAKELEVEL" in os.environ else "bilin demo"
        progress.console.print(f"  [dim]{'Code':<8}[/dim][bold]{code}[/]")
        progress.line("The first page founds your company and asks for this code, so that no stranger is faster.")
        progress.line(f"To look around in a sample company: {demo}")
        progress.line()


def _who_can_reach(progress: Progress, http: HttpSettings) -> None:
    """Whoever lets others in names the address that they open as well: a name that is not known is refused."""
    if _is_loopback(http.host):
        progress.line(
            "Only this machine can open it. To let others in, set http.host and http.origins in bilin.toml, or"
        )
        progress.line("BILIN_HTTP_HOST=0.0.0.0 BILIN_HTTP_ORIGINS=https://chat.example.com (the address they open).")
        return
    progress.note("Everyone who reaches this machine can open it. Put TLS in front before real people sign in.")
    if not http.origins:
        progress.note("It answers to its numeric address alone: name the address that people open in http.origins.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def goodbye(progress: Progress, has_anything: bool) -> None:
    """Said when the stop begins."""
    if has_anything:
        progress.line()
        progress.line("Stopping …", style="")
