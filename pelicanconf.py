"""Who we are: the settings of Cré-Sol's site. Another association changes this file, ``content/`` and the logo."""

AUTHOR = "Cré-Sol"
SITENAME = "Cré-Sol"
SITEURL = "http://127.0.0.1:8000"
SITE_TAGLINE = "L'économie solidaire près de chez vous."
SITE_DESCRIPTION = (
    "Cré-Sol promeut et met en réseau les initiatives économiques solidaires et socialement innovantes "
    "du Centre-Val de Loire."
)
DEFAULT_LANG = "fr"
TIMEZONE = "Europe/Paris"
REGION = "Centre-Val de Loire"
DEPARTMENTS = {
    "18": "Cher",
    "28": "Eure-et-Loir",
    "36": "Indre",
    "37": "Indre-et-Loire",
    "41": "Loir-et-Cher",
    "45": "Loiret",
}
# the check warns of events in the school holidays of this zone (A, B or C)
SCHOOL_HOLIDAY_ZONE = "B"
# the colour and shape of each category come with its rank; the letter stands beside them, so that colour is never alone
EVENT_CATEGORIES = [
    {"slug": "evenement-cresol", "label": "Événement Cré-Sol", "letter": "É"},
    {"slug": "reunion-de-travail", "label": "Réunion de travail", "letter": "R"},
    {"slug": "on-y-etait", "label": "On y était", "letter": "O"},
    {"slug": "vie-associative", "label": "Vie associative", "letter": "V"},
    {"slug": "prestation", "label": "Prestation", "letter": "P"},
    {"slug": "communication", "label": "Communication", "letter": "C"},
]
MENU = [
    {"label": "Agenda", "url": "/agenda/"},
    {"label": "Dossiers", "url": "/dossiers/"},
    {"label": "Blog", "url": "/blog/"},
    {"label": "Rapports", "url": "/rapports/"},
    {"label": "L'association", "url": "/association/"},
    {"label": "Recherche", "url": "/recherche/"},
]
FOOTER = [
    {"label": "Plan du site", "url": "/plan-du-site/"},
    {"label": "Flux et calendriers", "url": "/flux/"},
    {"label": "Accessibilité : non conforme", "url": "/accessibilite/"},
    {"label": "Mentions légales", "url": "/mentions-legales/"},
    {"label": "Confidentialité", "url": "/confidentialite/"},
    {"label": "Contact", "url": "/contact/"},
]
CONTENT_LICENCE = {"label": "CC BY-SA 4.0", "url": "https://creativecommons.org/licenses/by-sa/4.0/deed.fr"}
# whom to tell of a weakness of the site (mailto:…, https://…): without it, there is no /.well-known/security.txt
SECURITY_CONTACT = ""
# part of the permanent identity of every event for its subscribers: never change it, even with the site's address
CALENDAR_UID_DOMAIN = "agenda.cre-sol"

PATH = "content"
OUTPUT_PATH = "output"
THEME = "themes/cresol"
PLUGIN_PATHS = ["."]
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
    "plugins.search",
    "plugins.sitemap",
]
# Pelican logs a plugin that it cannot find and goes on without it; the press compares and stops
REQUIRED_PLUGINS = list(PLUGINS)
DEFAULT_PAGINATION = 20
# how many documents of each kind, the latest, have an image drawn for them where they are shared; 0: none is drawn
SHARING_CARDS = 50

# Pelican is the host; the press reads every kind of content, so Pelican's own generators have nothing to do
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
READERS = {"rst": None, "html": None, "htm": None}
DELETE_OUTPUT_DIRECTORY = False
FEED_ALL_ATOM = FEED_ALL_RSS = CATEGORY_FEED_ATOM = CATEGORY_FEED_RSS = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TAG_FEED_ATOM = TRANSLATION_FEED_ATOM = None
