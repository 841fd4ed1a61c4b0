"""``./site`` for invoke: a list of tasks in French, and status 2 for wrong use."""

from __future__ import annotations

import gc
import os
import re
import sys
from types import ModuleType

from plugins.press.lean import without

# a class for tests of tasks, which brings asyncio, and its own version
with without("unittest.mock", Mock=object), without("importlib.metadata", version=str):
    from invoke import Collection, Context, Exit, ParseError, Program, task

__all__ = ["Context", "SiteProgram", "hurry", "leave", "task"]
_WRONG_USE = 2
_FRENCH = (
    (r"No idea what '(.*)' is!", "« {} » n'est pas une tâche ni une option connue."),
    (r"'(.*)' did not receive required positional arguments: (.*)", "La tâche {} attend encore : {}."),
    (r"Flag <Argument: (\S+).*> needed value and was not given one!", "L'option --{} attend une valeur."),
    (r"invalid literal for int\(\) with base 10: '(.*)'", "« {} » n'est pas un nombre entier."),
    (r"option '(.*)' requires an argument.*", "L'option {} attend une valeur."),
)


def hurry() -> None:
    """Never look for memory to give back: the process ends soon."""
    gc.disable()


def leave(status: int) -> None:
    """End the process without taking its memory apart."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


class SiteProgram(Program):
    """The tasks of a module as a command line."""

    def __init__(self, tasks: ModuleType) -> None:
        super().__init__(name="site", binary="./site", namespace=Collection.from_module(tasks))

    def parse_collection(self) -> None:
        super().parse_collection()
        if not self.core.unparsed and not self.args.help.value:
            self.list_in_french()
            raise Exit(code=0)

    def parse_tasks(self) -> None:
        try:
            super().parse_tasks()
        except (ParseError, ValueError) as error:
            message = f"{_translate(str(error))}\n« ./site » montre les tâches, « --help » après une tâche ses options."
            raise Exit(message, code=_WRONG_USE) from error

    def list_in_french(self) -> None:
        """Every task and the first line of what it does."""
        tasks = sorted(self.collection.tasks.values(), key=lambda task: task.name)
        print("Les tâches de ./site :\n", file=sys.stdout)
        for task in tasks:
            summary = (task.__doc__ or "").strip().splitlines()[0]
            print(f"  {task.name:<9} {summary}")
        print("\n./site TÂCHE --help montre les options d'une tâche.")


def _translate(message: str) -> str:
    for pattern, french in _FRENCH:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return french.format(*found.groups())
    return f"Commande mal écrite ({message})."
