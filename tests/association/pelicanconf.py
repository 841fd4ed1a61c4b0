"""Who the imagined association is: nothing here comes from the project's own settings."""

AUTHOR = "Le Lavoir commun"
SITENAME = "Le Lavoir commun"
SITEURL = "https://lavoir.example"
SITE_TAGLINE = "Du linge, des idées, du lien."
SITE_DESCRIPTION = "Le Lavoir commun fait vivre un lavoir, une laverie et des ateliers à Kerimagine."
DEFAULT_LANG = "fr"
TIMEZONE = "Europe/Paris"
REGION = "Pays de Kerimagine"
DEPARTMENTS = {"22": "Côtes-d'Armor", "29": "Finistère", "56": "Morbihan"}
EVENT_CATEGORIES = [
    {"slug": "atelier", "label": "Atelier", "letter": "A"},
    {"slug": "fete", "label": "Fête", "letter": "F"},
    {"slug": "conseil", "label": "Conseil", "letter": "C"},
]
MENU = [{"label": "Rapports", "url": "/rapports/"}, {"label": "Agenda", "url": "/agenda/"}]
FOOTER = [{"label": "Plan du site", "url": "/plan-du-site/"}]
CONTENT_LICENCE = {"label": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/deed.fr"}
CALENDAR_UID_DOMAIN = "agenda.lavoir"

PATH = "content"
OUTPUT_PATH = "output"
THEME = "../../themes/cresol"
PLUGINS = [
    "plugins.press",
    "plugins.charts",
    "plugins.circles",
    "plugins.pages",
    "plugins.blog",
    "plugins.agenda",
    "plugins.dossiers",
    "plugins.reports",
    "plugins.tags",
    "plugins.feeds",
    "plugins.home",
    "plugins.sitemap",
]
