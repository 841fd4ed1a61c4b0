# ruff: noqa: INP001 -- settings, read by Pelican alone
"""Stock Pelican: its own generators, reader and settings, no plugin."""

SITENAME = "Association"
SITEURL = "https://exemple.test"
AUTHOR = "Association"
PATH = "content"
OUTPUT_PATH = "output/"
THEME = "theme"
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"
DEFAULT_DATE_FORMAT = "%d/%m/%Y"
PLUGINS: list[str] = []
LOG_LEVEL = "ERROR"

ARTICLE_PATHS = ["blog", "agenda"]
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []

ARTICLE_URL = "{section}/{slug}/"
ARTICLE_SAVE_AS = "{section}/{slug}/index.html"
TAG_URL = "mots-cles/{slug}/"
TAG_SAVE_AS = "mots-cles/{slug}/index.html"
CATEGORY_URL = "agenda/categorie/{slug}/"
CATEGORY_SAVE_AS = "agenda/categorie/{slug}/index.html"
AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index"]
PAGINATED_TEMPLATES = {"index": None}
DEFAULT_PAGINATION = 20
PAGINATION_PATTERNS = (
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

FEED_DOMAIN = SITEURL
FEED_MAX_ITEMS = 20
FEED_ALL_RSS = "flux/blog.rss.xml"
FEED_ALL_ATOM = "flux/blog.atom.xml"
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
