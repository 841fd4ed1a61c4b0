"""Edits of the fields of one event, a group for each thing that they are about; None takes a field away."""

from __future__ import annotations

_LONG_AGO = {"start": "2018-05-09T21:00", "end": None}
FIELDS: dict[str, dict[str, dict[str, str | None]]] = {
    "words": {
        "a title": {"title": "Tout autre titre"},
        "a title that others have": {"title": "Réunion"},
        "a summary": {"summary": "En deux mots."},
        "a body": {"body": "## Un titre\n\nUn autre texte."},
        "an address of its own": {"slug": "autre-adresse"},
        "a former address": {"aliases": "[/vieux/chemin/]"},
        "a price": {"price": "gratuit"},
        "where it takes place": {"place": "{name: Halle, city: Blois, lat: 47.58, lon: 1.33}"},
        "no key date": {"key_date": "false"},
        "a draft": {"status": "draft"},
        "an identity": {"id": "mon-id"},
        "the identity of another": {"id": "agenda/2018/salon"},
        "a category that is none": {"category": "inconnue"},
    },
    "moments": {
        "another month": {"start": "2017-11-05T10:00", "end": None},
        "another year": {"start": "2021-02-03", "end": None},
        "a start to come": {"start": "2026-09-12T18:00", "end": None},
        "an end after midnight": _LONG_AGO | {"end": "2018-05-10T02:00"},
        "an end next month": {"start": "2018-05-30T10:00", "end": "2018-06-02T12:00"},
        "an end next year": {"start": "2018-12-30", "end": "2019-01-02"},
        "half a year": {"start": "2019-10-01", "end": "2020-03-15"},
        "an end within 400 days": {"start": "2024-11-02", "end": "2025-05-10"},
        "an end to come": {"start": "2026-01-02", "end": "2026-08-01"},
        "hours elsewhere": {"start": "2020-12-31T20:00", "end": None, "timezone": "America/Montreal"},
        "announced before": {"date": "2015-12-01"},
        "announced lately": {"date": "2026-05-30"},
        "announced later": {"date": "2026-06-15"},
        "modified lately": {"modified": "2026-05-31T10:00"},
        "a deadline long ago": {"registration": "{url: https://exemple.fr/, deadline: 2016-01-01}"},
        "a deadline to come": {"registration": "{email: a@exemple.fr, deadline: 2026-06-20T12:00, required: true}"},
    },
    "themes": {
        "a department": {"departments": '["41"]'},
        "a department of another region": {"departments": '["75"]'},
        "no department": {"departments": None},
        "a category": {"category": "on-y-etait"},
        "no category": {"category": None},
        "another spelling of a tag": {"tags": "[ess, VÉLO]"},
        "a new tag": {"tags": "[Tout neuf]"},
        "no tag": {"tags": None},
        "another spelling of an organiser": {"organisers": '["les amis"]'},
        "an organiser with an address": {"organisers": '[{name: "Les Amis", url: "https://exemple.fr/amis"}]'},
        "a new organiser": {"organisers": '["Quelqu\'un", "CRESS"]'},
        "partners": {"partners": '["CRESS", "Une amie"]'},
    },
    "statuses": {
        "cancelled": {"event_status": "cancelled", "status_note": "La salle est fermée."},
        "postponed": {"event_status": "postponed"},
        "rescheduled": {"event_status": "rescheduled", "previous_start": "2016-02-03"},
        "rescheduled without a word": {"event_status": "rescheduled"},
        "moved online": {"event_status": "moved-online", "online": "https://exemple.fr/direct"},
        "full": {"event_status": "full"},
        "a series": _LONG_AGO | {"repeat": "{rule: FREQ=WEEKLY;COUNT=3}"},
        "a series with exceptions": _LONG_AGO
        | {"repeat": "{rule: FREQ=WEEKLY;COUNT=4, except: [2018-05-16], also: [2018-06-20, 2026-06-20]}"},
        "a series with a moved date": _LONG_AGO
        | {"repeat": "{rule: FREQ=WEEKLY;COUNT=3, changes: [{on: 2018-05-16, start: 2018-08-01T10:00}]}"},
        "a series over new year": {"start": "2018-12-20", "end": None, "repeat": "{rule: FREQ=WEEKLY;COUNT=4}"},
        "a series to this day": {"start": "2024-06-15", "end": None, "repeat": "{rule: FREQ=YEARLY;COUNT=3}"},
    },
}
