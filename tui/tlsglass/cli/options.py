"""The options that say how to look at a site, for the app and for the report alike."""

import math
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click
from click.shell_completion import CompletionItem

from tlsglass.limits import DEFAULTS, LONGEST_TIMEOUT, Limits
from tlsglass.trust.profile import Profile

CommandT = TypeVar("CommandT", bound=Callable[..., object])


def _seconds(_context: click.Context, _parameter: click.Parameter, value: float) -> float:
    """A sensible time; `nan` would pass any range."""
    if math.isnan(value) or not 0 < value <= LONGEST_TIMEOUT:
        message = f"{value} is not a time between 0 and {LONGEST_TIMEOUT:.0f} seconds."
        raise click.BadParameter(message)
    return value


def _moment(_context: click.Context, _parameter: click.Parameter, value: str | None) -> datetime | None:
    """A moment as it is typed."""
    if value is None:
        return None
    from tlsglass.trust.supposition.moment import parse_moment  # noqa: PLC0415 - few ask for another time

    try:
        return parse_moment(value, datetime.now(UTC))
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _profile(_context: click.Context, _parameter: click.Parameter, value: str) -> Profile:
    """A profile by the word for it; click itself would have enumerations typed by their names in the code."""
    return Profile(value)


def _limit_names(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """The limits whose names begin so, for the shell's completion."""
    return [f"{name}=" for name in Limits.names_of_all() if name.startswith(typed)]


def _limits(context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> Limits:
    """The limits as typed; `help` lists them all."""
    chosen = DEFAULTS
    if "help" in values:
        formatter = context.make_formatter()
        with formatter.section("Limits, as they are unless --limit NAME=VALUE sets them"):
            formatter.write_dl(chosen.lines(), col_max=28)
        click.echo(formatter.getvalue(), nl=False)
        context.exit()
    for typed in values:
        try:
            chosen = chosen.with_typed(typed)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error
    return chosen


_STORES = ("mozilla", "system", "none")


class _Store(click.ParamType[str]):
    """A store by its name, or the path of a file or a folder."""

    name = "store"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """A word that is no store and leads nowhere is a mistake; other paths may be read, or not, later."""
        if value not in _STORES and value.isalpha() and not Path(value).exists():
            self.fail(f"{value!r} is none of {', '.join(map(repr, _STORES))}, and no file or folder.", param, ctx)
        return value

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names, and whatever files there are."""
        names = [CompletionItem(name) for name in _STORES if name.startswith(incomplete)]
        return [*names, *click.Path().shell_complete(ctx, param, incomplete)]


_OPTIONS = (
    click.option("--sni", metavar="NAME", help="The server name to ask for. Default: the target's host."),
    click.option("--address", metavar="ADDR", help="Connect to this address instead of resolving the host."),
    click.option(
        "--hostname", metavar="NAME", help="The name to judge the certificate by. Default: the target's host."
    ),
    click.option(
        "--at",
        metavar="TIME",
        callback=_moment,
        help="Judge for this time: 2027-01-31, 2027-01-31T12:00Z, +30d, -12h. Default: now.",
    ),
    click.option(
        "--profile",
        type=click.Choice([profile.value for profile in Profile]),
        default=Profile.WEBPKI.value,
        callback=_profile,
        show_default=True,
        help="By whose rules to judge: what browsers hold a public site to, or what a private authority may do.",
    ),
    click.option(
        "--timeout",
        metavar="SECONDS",
        type=float,
        default=10.0,
        show_default=True,
        callback=_seconds,
        help="How long each step may take.",
    ),
    click.option(
        "--revocation",
        is_flag=True,
        help="Ask OCSP responders and revocation lists, which tells them what you look at.",
    ),
    click.option(
        "--ca-store",
        metavar="mozilla|system|none|PATH",
        multiple=True,
        default=("mozilla",),
        show_default=True,
        # Whether a path can be read is found out where it is read, so that the JSON can say so too.
        type=_Store(),
        help="Whose list of trusted authorities gives the verdict: Mozilla's, the system's, or what is in a file or "
        "folder of certificates. Several count together.",
    ),
    click.option(
        "--ca-file",
        metavar="FILE",
        multiple=True,
        type=click.Path(path_type=Path),
        help="Trust the certificates in this file as well, PEM or DER. May be given several times.",
    ),
    click.option(
        "--aia",
        is_flag=True,
        help="Fetch issuers that the server did not send from the addresses in the certificates.",
    ),
    click.option(
        "--ct-log-list",
        metavar="JSON",
        type=click.Path(path_type=Path),
        help="Take the logs in this file, in the format of Chrome's log_list.json.",
    ),
    click.option(
        "--limit",
        "limits",
        metavar="NAME=VALUE",
        multiple=True,
        callback=_limits,
        shell_complete=_limit_names,
        help="Take more or less from servers: response=200MB, total-time=5m; --limit help lists all.",
    ),
)


animation_option = click.option(
    "--animation/--no-animation",
    default=None,
    help="Animate scrolling. Default: not where the session comes over SSH.",
)
"""For the app alone: a report does not move."""


def look_options(command: CommandT) -> CommandT:
    """Give a command the options that say how to look at a site."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
