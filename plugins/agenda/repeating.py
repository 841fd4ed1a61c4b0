"""The dates of an event that comes back: what its rule gives, without the exceptions, with the extras and changes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from plugins.agenda.details import Occurrence, Place, Repeat
from plugins.agenda.fields import ChangeFields, EventFields, PlaceFields
from plugins.agenda.recurrence import MAX_OCCURRENCES, expand
from plugins.press.kinds import Draft
from plugins.press.moments import Moment, is_in_gap


def build_place(fields: PlaceFields | None) -> Place:
    return Place(**vars(fields)) if fields else Place()


def build_repeat(draft: Draft, fields: EventFields) -> Repeat | None:
    """How the event comes back; None when it does not, or when its rule was refused."""
    repeat = fields.repeat
    if repeat is None or any(problem.is_error and problem.field == "repeat.rule" for problem in draft.problems):
        return None
    regular = expand(repeat.rule, fields.start.value, fields.timezone)
    exceptions = tuple(_occurrence(moment, fields.start) for moment in repeat.except_)
    also = tuple(_occurrence(moment, fields.start) for moment in repeat.also)
    changed = {_occurrence(change.on, fields.start): change for change in repeat.changes}
    begins = sorted(({*regular} - {*exceptions}) | {*also})
    _check_dates(draft, fields, {*regular}, {*begins})
    occurrences = tuple(sorted((_build(fields, start, changed.get(start)) for start in begins), key=by_start))
    _check_hours(draft, fields, occurrences)
    if not any(occurrence.event_status != "cancelled" for occurrence in occurrences):
        draft.refuse("repeat", "il ne reste aucune date. Écrire « event_status: cancelled » pour annuler le tout.")
    return Repeat(repeat.rule.upper(), exceptions, also, occurrences)


def by_start(occurrence: Occurrence) -> tuple[datetime, datetime]:
    """By start; the end breaks ties, so that the order is the same everywhere."""
    return (occurrence.start, occurrence.end or occurrence.start)


def _build(fields: EventFields, start: datetime, change: ChangeFields | None) -> Occurrence:
    """The occurrence that begins there, as long as the others unless its change says otherwise."""
    length = fields.end.value - fields.start.value if fields.end else None
    status, note = fields.event_status, fields.status_note
    if change is None:
        return Occurrence(start, _add(start, length), fields.start.all_day, status, note)
    moved = _occurrence(change.start, fields.start) if change.start else start
    return Occurrence(
        start=moved,
        end=change.end.value if change.end else _add(moved, length),
        all_day=fields.start.all_day,
        event_status=change.event_status or ("rescheduled" if moved != start else status),
        status_note=change.status_note or note,
        place=build_place(change.place) if change.place else None,
        original=start,
    )


def _add(start: datetime, length: timedelta | None) -> datetime | None:
    return None if length is None else start + length


def _occurrence(moment: Moment, start: Moment) -> datetime:
    """When an occurrence begins: a bare day means the hour at which the event always begins."""
    return datetime.combine(moment.value, start.value.time()) if moment.all_day else moment.value


def _check_dates(draft: Draft, fields: EventFields, regular: set[datetime], begins: set[datetime]) -> None:
    """An exception or a change that meets no date would change nothing, in silence."""
    repeat = fields.repeat
    if repeat is None:
        return
    for place, moment, known in _named_dates(fields, regular, begins):
        start = _occurrence(moment, fields.start)
        if not moment.all_day and fields.start.all_day:
            draft.refuse(place, "cet événement dure des jours entiers. Écrire un jour, sans heure.")
        elif start not in known:
            near = min(known, key=lambda date: abs(date - start), default=None)
            remedy = f" La plus proche est le {near:%Y-%m-%d}." if near else ""
            draft.refuse(place, f"le {start:%Y-%m-%d} n'est pas une des dates de l'événement.{remedy}")
    for index, moment in enumerate(repeat.also):
        if _occurrence(moment, fields.start) in regular:
            draft.refuse(
                f"repeat.also.{index}", f"le {moment.value:%Y-%m-%d} est déjà une date de la règle. L'enlever."
            )
    if len(begins) > MAX_OCCURRENCES:
        draft.refuse("repeat.also", f"plus de {MAX_OCCURRENCES} dates en tout. En faire deux événements.")


def _named_dates(
    fields: EventFields, regular: set[datetime], begins: set[datetime]
) -> Iterator[tuple[str, Moment, set[datetime]]]:
    """Each date that must be one of the event's, the place where it is written, and the dates that there are."""
    if fields.repeat:
        for index, moment in enumerate(fields.repeat.except_):
            yield f"repeat.except.{index}", moment, regular
        for index, change in enumerate(fields.repeat.changes):
            yield f"repeat.changes.{index}.on", change.on, begins


def _check_hours(draft: Draft, fields: EventFields, occurrences: tuple[Occurrence, ...]) -> None:
    for index, change in enumerate(fields.repeat.changes if fields.repeat else ()):
        for name, moment in (("start", change.start), ("end", change.end)):
            if moment and moment.all_day != fields.start.all_day and not (name == "start" and moment.all_day):
                draft.refuse(f"repeat.changes.{index}.{name}", "écrire un jour ou une heure comme dans « start ».")
    for occurrence in occurrences:
        if occurrence.end is not None and occurrence.end < occurrence.start:
            draft.refuse("repeat.changes", f"le {occurrence.start:%Y-%m-%d}, la fin vient avant le début.")
        if not occurrence.all_day and is_in_gap(occurrence.start, fields.timezone):
            draft.refuse(
                "repeat",
                f"le {occurrence.start:%Y-%m-%d}, {occurrence.start:%H:%M} n'existe pas : on passe à l'heure d'été. "
                "Ajouter ce jour à « except », ou donner son heure dans « changes ».",
            )
