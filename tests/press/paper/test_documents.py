"""A document on paper: whatever its texts hold, it is whole, and everyone can read it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from typing import Any

import pytest

from plugins.press.markdown import render_body
from plugins.press.paper.documents import Attachment, Cover, Printed, build_sheet
from plugins.press.paper.nodes import heading
from plugins.press.paper.pictures import Pictures
from plugins.press.paper.texts import build_tree
from tests import paper, sites, speech, values

PROSE = (
    "l’association accompagne des initiatives solidaires depuis plusieurs années avec ses partenaires "
    "institutionnels et citoyens pour développer coopération mutualisation gouvernance et transition"
)


def prose(count: int, first: int = 0) -> str:
    words = PROSE.split()
    return " ".join(words[(first + 5 * number) % len(words)] for number in range(count)).capitalize() + "."


def printed(*texts: str, **fields: Any) -> bytes:
    """A document whose chapters are these Markdown texts."""
    nodes, pictures = [], Pictures((), values.press())
    for number, source in enumerate(texts, 1):
        body, problems = render_body(source, path="essai.md", first_line=1)
        assert body is not None, problems
        targets = tuple(link.target for link in body.links)
        html = values.press().body(values.text(body.html), targets, place=f"c{number}")
        nodes += [heading(1, f"Chapitre {number}", f"c{number}", page=True), *build_tree(html, pictures, top=2)]
    defaults = {
        "title": "Un essai",
        "cover": Cover(title="Un essai", slug="2025"),
        "nodes": nodes,
        "page": "/essai/",
        "published": datetime(2025, 5, 1),
        "pictures": pictures,
    }
    press = values.press()
    return press.print_sheet("document.typ", build_sheet(Printed(**defaults | fields), press))


def said(*texts: str, **fields: Any) -> str:
    return " ".join(speech.listen(printed(*texts, **fields)).words)


def count(data: bytes) -> int:
    with paper.opened(data) as pdf:
        return len(pdf.pages)


def test_it_has_a_cover_contents_with_pages_and_a_place_on_the_web():
    data = printed("## Un\n\nTexte.", "Deux.", cover=Cover(title="Un essai", slug="x", kicker="Essai", big="2025"))
    cover, contents, *_, last = paper.pages(data)
    assert cover.startswith("Essai Un essai 2025")
    assert "Chapitre 1 3 Un 3 Chapitre 2 4" in contents
    assert "http://127.0.0.1:8000/essai/" in last
    assert "Code QR : lire ce document sur le web, http://127.0.0.1:8000/essai/" in dict(paper.tags(data)).values()


def test_each_page_says_where_one_is():
    pages = paper.pages(printed("Un.", "## Dedans\n\n" + "\n\n".join(prose(90) for _ in range(12))), "-layout")
    assert pages[2].startswith("Chapitre 1 Un essai")
    assert pages[3].startswith("Chapitre 2 Un essai")
    assert pages[4].startswith("Dedans Un essai")
    assert pages[4].endswith(f"Cré-Sol page 5 sur {len(pages)}")


def test_contents_and_links_lead_to_their_places():
    links = paper.links(printed("[plus loin](#c2-la) [ailleurs](https://exemple.fr/a)", "## Là {#la}\n\nTexte."))
    assert {"#c1", "#c2", "#c2-la", "https://exemple.fr/a"} <= set(links)
    assert links.count("https://exemple.fr/a") == 2  # the words, and the address in a note


def test_a_note_is_at_the_foot_and_an_address_too():
    found = speech.listen(printed("Un mot[^a] et [un lien](https://exemple.fr/a).\n\n[^a]: La note."))
    assert [" ".join(note) for note in found.notes] == ["La note.", "https://exemple.fr/a"]
    assert "Un mot et un lien." in " ".join(found.words)


def test_a_heading_with_a_note_is_without_it_in_contents_and_bookmarks():
    data = printed("## Titre[^a]\n\nTexte.\n\n[^a]: La note.")
    assert paper.outline(data) == ["Sommaire", "Chapitre 1", ["Titre"]]
    assert len(speech.listen(data).notes) == 1


def test_what_goes_with_it_is_in_the_file():
    data = printed("Texte.", attachments=(Attachment("a.csv", b"a;b\r\n", "Les chiffres"),))
    with paper.opened(data) as pdf:
        (file,) = pdf.attachments.values()
        assert (file.filename, file.description, str(file.relationship)) == ("a.csv", "Les chiffres", "/Data")
        assert (file.get_file().mime_type, file.get_file().read_bytes()) == ("text/csv", b"a;b\r\n")
    assert "Pièces jointes à ce fichier : 1 tableau de données (CSV)." in paper.pages(data)[-1]


def test_large_print_says_the_same_on_more_pages():
    text = "\n\n".join(prose(90, first) for first in range(20))
    normal, large = printed(text), printed(text, is_large=True)
    assert speech.listen(normal) == speech.listen(large)
    assert count(large) > 1.5 * count(normal)


EVERYTHING = """
## Des listes

- un
    - deux
        - trois
            - quatre
                - cinq

1. a
    1. b

Terme
:   Sa définition.

## Des tableaux

| a | b |
|---|--:|
| 1 | 2 |

<table><caption>Légende</caption><tr><th rowspan="2">A</th><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></table>

## Le reste

> Une citation.

!!! note "À retenir"
    Un encadré.

<details><summary>Plus</summary>

Un détail.

</details>

#### Un titre plus bas

```
du code
```

Un mot[^a] *italique*, **gras**, <mark>marqué</mark>, H<sub>2</sub>O, <q>cité</q>, un [lien](https://exemple.fr/).

[^a]: Une note.
"""


def test_nothing_is_in_the_way_of_a_reader(tmp_path):
    data = printed(EVERYTHING, lang="fr")
    assert paper.faults(data, tmp_path) == []
    kinds = [kind for kind, _ in paper.tags(data)]
    for kind, number in {"Table": 2, "L": 8, "BlockQuote": 1, "Note": 2, "TOC": 2, "Title": 1}.items():
        assert kinds.count(kind) == number, kind


def test_faults_would_be_seen(tmp_path):
    import pikepdf

    with paper.opened(printed("## Un\n\n- a")) as pdf:
        del pdf.Root.Lang, pdf.Root.ViewerPreferences.DisplayDocTitle
        pdf.Root.StructTreeRoot.K[0].K[-1].S = pikepdf.Name("/H4")
        pdf.pages[2].obj.Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name("/Link"))])
        pdf.save(tmp_path / "faux.pdf")
    found = paper.faults((tmp_path / "faux.pdf").read_bytes(), tmp_path)
    assert {"no language", "its window does not show its title", "H4 after H2", "page 3: a link without words"} <= {
        *found
    }


def test_every_sign_of_typst_is_a_letter_in_a_text_and_in_a_title():
    signs = '# $ * _ @ < > \\ " [ ] // /* */ ~ ` = - + 1. {a} -- #let x = 1'
    assert signs in said(
        'Ici : &#35; &#36; &#42; &#95; @ &lt; > &#92; " &#91; ] // /&#42; &#42;/ ~ &#96; = - + 1. {a} -- #let x = 1'
    )
    assert signs in said("Texte.", cover=Cover(title=signs, slug="x"), title=signs)


def test_twenty_thousand_words_are_all_there():
    text = "\n\n".join(prose(100, first) for first in range(200))
    found = speech.listen(printed(text)).words
    assert len(text.split()) == 20_000
    assert " ".join(text.split()) in " ".join(found)


def test_a_table_breaks_over_pages_as_one_whose_head_is_said_again():
    rows = "\n".join(f"| Poste {number} | {number} € | {prose(12, number)} |" for number in range(120))
    data = printed(f"| Poste | Montant | Remarque |\n|---|--:|---|\n{rows}")
    pages = [page for page in paper.pages(data, "-layout") if "Poste 7 " in page or "Poste 110 " in page]
    assert len(pages) == 2
    assert all("Poste Montant Remarque" in page for page in pages)
    assert [kind for kind, _ in paper.tags(data)].count("Table") == 1


@pytest.mark.parametrize(
    "source",
    [
        "A" * 400,
        "| a | b |\n|---|---|\n| " + "B" * 300 + " | " + "C" * 300 + " |",
        "| " + " | ".join(f"interministerialite{n}" for n in range(14)) + " |\n|" + "---|" * 14 + "\n|" + " 1 |" * 14,
        "# " + "D" * 120,
        "```\n" + "E" * 300 + "\n```",
        "- - - - - " + "F" * 200,
        "<https://exemple.fr/" + "chemin/" * 60 + ">",
    ],
)
def test_nothing_runs_off_the_page(source):
    text = source.replace("# ", "## ") if source.startswith("# ") else source
    assert paper.widest(printed(text)) <= 210 - 19


def test_the_same_document_is_the_same_file_in_another_process(tmp_path):
    program = (
        "import sys; from tests.press.paper.test_documents import EVERYTHING, printed\n"
        "sys.stdout.buffer.write(printed(EVERYTHING))"
    )
    environ = {"PATH": os.environ["PATH"], "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONPATH": str(sites.ROOT)}
    command = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, check=True)
    assert done.stdout == printed(EVERYTHING)
