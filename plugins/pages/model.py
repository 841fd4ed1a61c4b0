"""A page says something that lasts; ``menu_order`` gives its place among the others."""

from plugins.press.documents import Document, Text
from plugins.press.kinds import Draft, Kind, Starter, common
from plugins.press.schema import CommonFields, Integer


class PageFields(CommonFields):
    """What an editor may write above a page."""

    menu_order: Integer | None = None


class Page(Document, frozen=True, kw_only=True, tag="page", gc=False):
    """A free page, directly below the root of the site."""

    menu_order: int | None = None


def sort_key(page: Page) -> tuple[int, str, str]:
    """By menu order (pages without one come last), then title, then path."""
    return (page.menu_order if page.menu_order is not None else 1_000_000, page.title, page.path)


def build_page(draft: Draft, fields: PageFields, text: Text) -> Page | None:
    slug = draft.slug(fields, draft.match["name"])
    return Page(**common(draft, fields, text), slug=slug, url=f"/{slug}/", menu_order=fields.menu_order)


_STARTER = Starter("pages/{slug}.md", ("title: {title}", "", "Le texte de la page."))
PAGE = Kind("page", r"pages/(?P<name>[^/]+)\.md", PageFields, Page, build_page, _STARTER)
