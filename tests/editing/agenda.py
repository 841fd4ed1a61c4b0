"""An agenda of ten years: 13 events were over for more than 400 days, 4 around that border, 4 are younger."""

from __future__ import annotations

from tests import sites
from tests.editing.site import Content, Sheet

_CITY = '{name: "La Cale", postcode: "37000", city: Tours}'
_OLD = {
    "2016/fete": Sheet.of("Fête", "2016-07-05T18:00", place=_CITY, organisers='["Les Amis"]'),
    "2016/reveillon": Sheet.of("Réveillon", "2016-12-31T20:00", end="2017-01-01T02:00", category="prestation"),
    "2017/forum": Sheet.of("Forum", "2017-03-09T09:00", end="2017-03-09T17:00", departments='["37", "45"]'),
    "2017/atelier": Sheet.of("Atelier", "2017-03-21T18:30", category="prestation", tags="[vélo, ESS]"),
    "2018/fete": Sheet.of("Fête", "2018-07-05T18:00", place=_CITY, organisers='["Les Amis", "CRESS"]'),
    "2018/salon": Sheet.of("Salon", "2018-09-28", end="2018-10-02", departments='["45"]'),
    "2019/marche": Sheet.of("Marché", "2019-05-04T08:00", departments='["18"]', partners='["Une amie"]'),
    "2019/bal": Sheet.of("Bal", "2019-05-04T20:00", departments='["18"]', tags="[fête]"),
    "2019/reunion": Sheet.of("Réunion", "2019-05-28", departments='["18"]', partners='["CRESS"]', date="2019-05-02"),
    "2019/expo": Sheet.of("Exposition", "2019-06-05T10:00", departments='["18"]'),
    "2022/forum": Sheet.of("Forum", "2022-03-10T09:00", departments='["37", "45"]', tags="[ESS]"),
    "2024/bissextile": Sheet.of("Jour de plus", "2024-02-29", departments='["45"]'),
    "2024/noel": Sheet.of("Noël", "2024-12-24T17:00", departments='["18"]', category="prestation"),
}
_BORDER = {
    "2025/veille": Sheet.of("Veille", "2025-04-26T18:00", end="2025-04-26T22:00", departments='["37"]'),
    "2025/limite": Sheet.of("Limite", "2025-04-27T10:00", end="2025-04-27T12:00", tags="[ESS]"),
    "2025/jour": Sheet.of("Toute la journée", "2025-04-27", organisers='["CRESS"]'),
    "2025/long": Sheet.of("Longue exposition", "2025-02-01", end="2025-05-15", departments='["37"]'),
}
_YOUNG = {
    "2026/hier": Sheet.of("Hier", "2026-05-31T18:00", tags="[ESS]"),
    "2026/fete": Sheet.of("Fête", "2026-07-05T18:00", place=_CITY, departments='["37"]', tags="[ESS]"),
    "2026/cours": Sheet.of("Cours", "2026-05-12T18:00", repeat="{rule: FREQ=WEEKLY;COUNT=6}", date="2026-05-01"),
    "2026/automne": Sheet.of("Automne", "2026-10-03", end="2026-10-04", organisers='["CRESS"]'),
}
OLD = [f"agenda/{name}.md" for name in _OLD]
FILES: dict[str, Content] = {
    **{f"agenda/{name}.md": sheet for name, sheet in (_OLD | _BORDER | _YOUNG).items()},
    "blog/2026/un.md": sites.article("Un article", tags="[ESS]"),
}
