"""The words after `tlsglass`, understood: which command, which options, which exit status.

The first word decides: `show` and `demo` are commands, anything else is for the app. Neither Textual nor cryptography
is loaded before a command has been chosen that needs it.
"""

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from tlsglass import __version__
from tlsglass.characters import as_started
from tlsglass.cli.interrupts import INTERRUPTED, raise_again
from tlsglass.cli.kiosk import enclose, kiosk_options, take_kiosk
from tlsglass.cli.loading import loading
from tlsglass.cli.options import animation_option, look_options
from tlsglass.limits import Limits
from tlsglass.text import printable_lines
from tlsglass.trust.profile import Profile

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from tlsglass.demo.zoo import Zoo
    from tlsglass.ui.settings import Settings

USAGE_ERROR = 2
"""The command line is wrong."""

_APP = ""
"""The name under which the app is a command: one that nobody can type."""

_OWN_WORDS = frozenset({"show", "demo", "--help", "-h", "--version"})

_EPILOG = """\b
Examples:
  tlsglass                              the app, empty
  tlsglass example.org                  the app, looking at once
  tlsglass https://example.org:8443/x   port and path from a URL
  tlsglass example.org --address ::1    the same name at another address
  tlsglass show example.org             a report, no app
  tlsglass show --json a.example | jq   a report for programs
  tlsglass show chain.pem - <more.p7b   what is in files
  tlsglass chain.pem leaf.der           what is in files
  tlsglass demo                         look around without a network

A host that is itself called show or demo is reached as `tlsglass -- show` or
`tlsglass show:443`."""


class _Front(click.Group):
    """Takes whatever is not one of its commands for the words of the app."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the app's name before its words."""
        completing_first_word = ctx.resilient_parsing and not args
        if not completing_first_word and (not args or args[0] not in _OWN_WORDS):
            args = [_APP, *args]
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The app's usage, which is what comes without a command."""
        return _open_app.collect_usage_pieces(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The app's options and our own, then the commands."""
        options = [p for p in (*_open_app.params, *self.get_params(ctx)) if isinstance(p, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section("Options"):
            formatter.write_dl(records)
        self.format_commands(ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """The commands, and the options of the app."""
        return [*super().shell_complete(ctx, incomplete), *_open_app.shell_complete(ctx, incomplete)]


class _AppContext(click.Context):
    """The app is what comes without a command, so its usage errors name none."""

    @property
    def command_path(self) -> str:
        """`tlsglass`."""
        return "tlsglass"


class _App(click.Command):
    """The app as a command; its help is that of the whole."""

    context_class = _AppContext

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help of the whole, wherever `--help` stands."""
        _front.format_help(ctx, formatter)


@click.group(cls=_Front, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="%(prog)s %(version)s")
def _front() -> None:
    """Look at a site's TLS: its certificates, whether they are trusted and why, the handshake, and the raw answer.

    TARGET is a host, host:port, [v6]:port, an address, or a URL; or one or more
    files of certificates and the like, with - for what is piped in.
    """


@_front.command(_APP, cls=_App, hidden=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("targets", metavar="[TARGET|FILE...]", nargs=-1)
@look_options
@animation_option
@kiosk_options
@click.pass_obj
def _open_app(words: Sequence[str] | None, /, targets: tuple[str, ...], **options: Any) -> int:  # noqa: ANN401 - click hands over what `options` declares
    """Open the app."""
    from tlsglass.ui.settings import Settings  # noqa: PLC0415 - only the app needs it

    kiosk = take_kiosk(options)
    if kiosk is not None:
        return _open_kiosk(words or (), targets, Settings(kiosk=kiosk, **options))
    if "-" in targets and not sys.stdin.isatty():
        from tlsglass.cli.piped import take_standard_input  # noqa: PLC0415 - few pipe something in

        options["standard_input"] = take_standard_input(options["limits"].file)
    _need_a_terminal("tlsglass show TARGET writes a report without one")
    with loading():
        from tlsglass.cli.running import run_app  # noqa: PLC0415 - loads asyncio
        from tlsglass.ui.app import TlsglassApp  # noqa: PLC0415 - loads Textual

    settings = Settings(**options)
    if len(targets) > 1:
        _need_files(targets, settings)
    app = TlsglassApp(target_text=targets[0] if targets else None, settings=settings, also=targets[1:])
    return run_app(app, app.means.precedence)


def _open_kiosk(words: Sequence[str], targets: Sequence[str], settings: "Settings") -> int:
    """Open the app for guests: on the demo, or on the one site that is named."""
    if len(targets) > 1:
        message = "--kiosk opens one site, or none."
        raise click.UsageError(message)
    _need_a_terminal("--kiosk is for guests at one")
    enclose(words, as_started(os.environ))
    with loading():
        from tlsglass.cli.running import run_app  # noqa: PLC0415 - loads asyncio
        from tlsglass.ui.kiosk import KioskApp  # noqa: PLC0415 - loads Textual
    app = KioskApp(target_text=targets[0] if targets else None, settings=settings, zoo=_open_zoo)
    status = run_app(app, app.means.precedence)
    if app.farewell:
        click.echo(app.farewell)
    return status


@_front.command(short_help="Write a report, as text or JSON.")
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document a target, one line each.")
@click.option(
    "--password-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The first line of this file opens PKCS #12 files. Default: asked for where it is needed.",
)
@click.option(
    "--drop",
    metavar="N|SHA256",
    multiple=True,
    help="Suppose that this certificate was not sent: its number, from 0, or the beginning of its fingerprint.",
)
@click.option(
    "--add",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Suppose that the certificates in this file were sent as well, after the others.",
)
@click.option(
    "--distrust", metavar="SHA256", multiple=True, help="Suppose that the store does not have this certificate."
)
@click.option(
    "--pem",
    type=click.Choice(["sent", "repaired"]),
    help="Write the certificates in PEM instead of a report: as sent, or as they should be, in the right order.",
)
@look_options
def show(  # noqa: PLR0913 - the options of the command
    *,
    targets: tuple[str, ...],
    as_json: bool,
    password_file: Path | None,
    drop: tuple[str, ...],
    add: tuple[Path, ...],
    distrust: tuple[str, ...],
    pem: Literal["sent", "repaired"] | None,
    sni: str | None,
    address: str | None,
    hostname: str | None,
    at: datetime | None,
    profile: Profile,
    timeout: float,
    revocation: bool,
    ca_store: tuple[str, ...],
    ca_file: tuple[Path, ...],
    aia: bool,
    ct_log_list: Path | None,
    limits: Limits,
) -> int:
    """Write a report on each TARGET, without the app.

    A TARGET is a site or a file: certificates, requests, revocation lists, OCSP
    responses, keys and timestamp lists in PEM, DER, PKCS #7 or PKCS #12, which
    are recognised by their content. Files are `-` (standard input), paths that
    begin with /, ./ or ../, names that end as such files do (chain.pem, a.crt),
    relative paths with a slash that lead to a file, and whatever else leads to
    one and can't be a site. Their certificates are judged if --hostname is given.

    \b
    Exit status:
      0  trusted
      1  not trusted, or a finding of severity error
      2  the command line is wrong, a target makes no sense
      3  something could not be reached or read
      70 tlsglass itself failed
    With several targets, the highest. A file that was read and that nobody asked
    to have judged is 0. With --pem, 0 says that the certificates were written.
    """  # noqa: D301 - \b is click's sign to keep the lines that follow
    if as_json and pem is not None:
        message = "--json writes a report and --pem certificates; choose one of them."
        raise click.UsageError(message)
    from tlsglass.cli.passwords import from_file, from_terminal  # noqa: PLC0415 - only this command needs it
    from tlsglass.cli.show import Look, write_reports  # noqa: PLC0415 - loads all of the engine

    look = Look(
        sni=sni,
        address=address,
        hostname=hostname,
        at=at,
        profile=profile,
        timeout=timeout,
        revocation=revocation,
        ca_store=ca_store,
        ca_file=ca_file,
        aia=aia,
        ct_log_list=ct_log_list,
        drop=drop,
        add=add,
        distrust=distrust,
        pem=pem,
        limits=limits,
        password=from_file(password_file) if password_file is not None else from_terminal,
    )
    raise_again()
    return write_reports(targets, look, as_json=as_json, out=sys.stdout, err=sys.stderr)


@_front.command(short_help="Look around without a network, at servers good and bad.")
@click.option("--serve", is_flag=True, help="Only run the servers, for other tools: one line each, until interrupted.")
@animation_option
def demo(*, serve: bool, animation: bool | None) -> int:
    """Look around without a network: a private CA and servers good and bad on loopback, and the app on them.

    With --serve, standard output has a line for each server, `id host address port ca-file`, separated by tabs, and
    one for each file, `id hostname file path ca-file`.
    """
    if serve:
        with loading():
            from tlsglass.demo.serve import serve as serve_zoo  # noqa: PLC0415 - loads cryptography

        serve_zoo(sys.stdout)
        return 0
    _need_a_terminal("tlsglass demo --serve runs the servers alone")
    with loading():
        from tlsglass.cli.running import run_app  # noqa: PLC0415 - loads asyncio
        from tlsglass.ui.app import TlsglassApp  # noqa: PLC0415 - loads Textual
        from tlsglass.ui.settings import Settings  # noqa: PLC0415 - only the app needs it

    app = TlsglassApp(target_text=None, settings=Settings(animation=animation), zoo=_open_zoo)
    return run_app(app, app.means.precedence)


def _open_zoo() -> "Zoo":
    """The demo's servers; the app opens them after its first paint and closes them at its end."""
    from tlsglass.demo.zoo import Zoo  # noqa: PLC0415 - loads cryptography

    return Zoo()


def _need_files(targets: Sequence[str], settings: "Settings") -> None:
    """Stop where several targets are not all files: one screen shows one site."""
    from tlsglass.errors import InputError  # noqa: PLC0415 - few name several
    from tlsglass.ui.means import Means  # noqa: PLC0415 - as above

    try:
        Means(settings).parse_all(targets)
    except InputError as error:
        message = f"{error.message} {error.hint}"
        raise click.UsageError(message) from error


def _need_a_terminal(instead: str) -> None:
    """Stop before the screen is taken over where there is none; the app draws on standard error."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        message = f"the app needs a terminal; {instead}"
        raise click.UsageError(message)


def run(words: Sequence[str]) -> int:
    """Do what the words say and give the exit status."""
    try:
        status: int = _front.main(list(words), prog_name="tlsglass", standalone_mode=False, obj=tuple(words))
    except click.ClickException as error:
        said = io.StringIO()
        error.show(file=said)
        click.echo(printable_lines(said.getvalue().split("\n")), err=True, nl=False)
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a fault of our own, and Python's traceback would quote what it is about
        return _explain_fault(error)
    return status


def _explain_fault(error: Exception) -> int:
    """Say in a sentence that the program itself failed, and how to get a report."""
    from tlsglass import fault_report  # noqa: PLC0415 - hardly ever needed

    click.echo(fault_report.explanation(error, os.environ), err=True, nl=False)
    return fault_report.STATUS


def main() -> None:
    """The command `tlsglass`. Whatever it opened is closed by then."""
    status = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    # Freeing each library by itself takes longer than looking at a site, and the interpreter would wait for a thread
    # that still reads a huge certificate. The app has given the terminal back and closed what it opened.
    os._exit(status)
