"""The command line: parse, call one action, print. One module per group of commands."""

import sys
import traceback
from collections.abc import Sequence
from typing import Annotated, Final

import typer

from cortipump import __version__
from cortipump.cli import check, curve, demo, evidence, keep, record, write
from cortipump.cli.output import tell, tell_error
from cortipump.errors import CortipumpError, UsageError

MACHINE_FAILED: Final = 3
# What the parser makes of Ctrl-C; the contract knows only 0 to 3.
_INTERRUPTED: Final = 130

app = typer.Typer(
    name="cortipump",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="From your own records to what the road to a cortisol pump needs. Offline, on your own "
    "machine. cortipump does not talk to pumps, belongs to no maker or site, and decides no dose.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cortipump {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback on errors.")] = False,
) -> None:
    del version, debug


for module in (record, keep, evidence, curve, write, check, demo):
    module.add_to(app)


def main(arguments: Sequence[str]) -> int:
    """Run one command; its exit status.

    0 done, 1 the answer is no, 2 wrong usage or bad input, 3 the machine failed.
    """
    debug = "--debug" in arguments
    command = typer.main.get_command(app)
    rest = [word for word in arguments if word != "--debug"]
    try:
        status = command.main(args=rest, prog_name="cortipump", standalone_mode=False)
        sys.stdout.flush()
    except CortipumpError as error:
        return _failed(error, debug)
    except KeyboardInterrupt:
        tell("interrupted: what was not finished was not written")
        return MACHINE_FAILED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as cause:
        failure = CortipumpError(
            f"the machine failed: {cause.strerror or cause}",
            where=str(cause.filename or ""),
            do="check disk and permissions",
        )
        _failed(failure, debug)
        return MACHINE_FAILED
    except Exception as cause:
        return _unexpected(cause, debug)
    if status == _INTERRUPTED:
        tell("interrupted: what was not finished was not written")
        return MACHINE_FAILED
    return status if isinstance(status, int) else 0


def _failed(error: CortipumpError, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    tell_error(error)
    return error.exit_status


def _unexpected(cause: Exception, debug: bool) -> int:
    """A usage error of the parser, or a fault of ours."""
    message = getattr(cause, "format_message", None)
    if message is not None:
        return _failed(UsageError(message(), do="see cortipump COMMAND --help"), debug)
    if type(cause).__name__ == "Abort":
        tell("interrupted: nothing was written")
        return MACHINE_FAILED
    if debug:
        traceback.print_exc()
    tell(f"C000 a fault of cortipump: {type(cause).__name__}")
    tell("  do: run the command again with --debug and report what it prints, without your data")
    return MACHINE_FAILED
