"""The entry point of `labour`: the list of commands, the exit codes, and what becomes of errors."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from enum import IntEnum
from typing import Any

import click

from corpus.errors import LabourError, OutputError


class ExitCode(IntEnum):
    """What the command tells the shell."""

    OK = 0
    ERROR = 1
    USAGE = 2
    NO_ANSWER = 3
    BELOW_THRESHOLD = 4
    PARTIAL = 5
    DOCTOR_FOUND = 6
    INTERRUPTED = 130
    BROKEN_PIPE = 141


COMMANDS: dict[str, str] = {
    "ask": "Answer a question in cited, verbatim statements.",
    "search": "Find the passages nearest to a query.",
    "register": "List, count or export the commitments in the texts.",
    "documents": "List the documents held.",
    "show": "Show one document, passage or commitment.",
    "index": "Build the index, where anything has changed.",
    "changes": "List the commitments that are new, changed or gone.",
    "saved": "Save searches, and list what they newly find.",
    "add": "Add files to the library, each with its bibliographic facts.",
    "remove": "Remove documents that were added.",
    "rollback": "Go back to the generation of the index before.",
    "watch": "Add the files of folders as they come, and build when they settle.",
    "serve": "Serve the HTTP interface.",
    "check": "Report gaps and doubts in what was read from each document.",
    "status": "Say what is held and whether the index is up to date.",
    "doctor": "Say what is wrong with the index and its sources, and what mends it.",
    "run": "Rank passages for a file of questions.",
    "evaluate": "Measure the ranking on judged questions.",
    "learn": "Fit the adapter, the ranking and the confidence to written questions.",
}
"""Each command and what it does in a line; the command `x` is `command` in search_api.cli.x."""

EPILOG = """\b
Exit codes:
  0    done
  1    an error, explained on stderr
  2    wrong usage of the command
  3    the texts do not answer (ask), or nothing was found (search, register, changes, saved)
  4    a document is below the threshold of quality (check)
  5    done, but some files were refused or not read whole (index, add)
  6    something is wrong with the index, its folder or the sources (doctor)
  130  interrupted by Ctrl-C
  141  the reader of the output went away

Results go to stdout, messages to stderr. Settings are read from the environment, with the prefix
LABOUR_: LABOUR_HOME, LABOUR_CORPUS, LABOUR_MODEL and the others that the README lists."""


class Failure(click.ClickException):
    """An error of ours, printed as one paragraph."""

    exit_code = ExitCode.ERROR

    def __init__(self, error: LabourError) -> None:
        """Fold the message of an error into one paragraph."""
        super().__init__(" ".join(str(error).split()))


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called, not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of their table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command; None where there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"search_api.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; turn errors of ours, Ctrl-C and a reader gone away into exit codes."""
        try:
            result = super().invoke(ctx)
            if sys.stdout is not None:  # closed by the caller: there is nothing to write to
                sys.stdout.flush()
        except LabourError as error:
            raise Failure(error) from error
        except KeyboardInterrupt:
            click.echo("\nInterrupted.", err=True)
            ctx.exit(ExitCode.INTERRUPTED)
        except OSError as error:
            if error.errno not in (errno.EPIPE, errno.ENOSPC):
                if error.filename is None:
                    raise
                raise Failure(_refused(error)) from error
            _discard_output()
            if error.errno == errno.ENOSPC:
                raise Failure(OutputError("the disk is full: free some room and run it again")) from error
            ctx.exit(ExitCode.BROKEN_PIPE)
        return result


def _refused(error: OSError) -> OutputError:
    """Where the system refuses a file or folder."""
    name = str(error.filename).encode("utf-8", "backslashreplace").decode()
    return OutputError(f"{name}: {error.strerror}. See that it is there and can be read and written to")


def _discard_output() -> None:
    """Send what is still to be written to nowhere, so that the interpreter can close in peace."""
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Ask ASEAN labour texts, and read the answer word for word with its source."""


def main() -> None:
    """Run the command line."""
    cli(prog_name="labour")
