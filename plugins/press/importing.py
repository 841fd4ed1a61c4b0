"""``./site import``: each subject brings in what others publish; the build itself never fetches."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from plugins.press import store
from plugins.press.kinds import Refresh, Refreshed, Subject
from plugins.press.project import Project
from plugins.press.reading import Reader


def refresh(
    project: Project, subjects: Sequence[Subject], accepted: tuple[str, ...], say: Callable[[str], None]
) -> Refreshed:
    """What all subjects brought in. Raises ``PressError`` when the disk refuses."""
    places = project.places
    reader = Reader(subjects, project.settings, places.content, places.shown_content)
    asked = Refresh(reader, places, project.now, accepted)
    with store.locked(places.state, say):  # two imports at once would write over each other
        results = [subject.refresh(asked) for subject in subjects if subject.refresh]
    return Refreshed(
        lines=tuple(line for result in results for line in result.lines),
        problems=tuple(problem for result in results for problem in result.problems),
        tried=sum(result.tried for result in results),
        failed=sum(result.failed for result in results),
        names=tuple(name for result in results for name in result.names),
    )
