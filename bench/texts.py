"""French words and sentences without a meaning, from a source of chance."""

from __future__ import annotations

import random

VOCABULARY = """
association atelier assemblée accueil adhérent alimentation agriculture animation appel avenir
bénévole bilan bourse budget café campagne chantier circuit citoyenne coopérative coopération
collectif collectivité commune compte conférence conseil construction culture débat démarche
démocratie dispositif dossier échange école écologie économie emploi énergie enquête entraide
épicerie équipe espace étude évènement expérience ferme fête filière financement fonds formation
foyer gouvernance groupe habitat habitante initiative insertion invitation jardin jeunesse journée
laboratoire lecture lieu logement maison marché médiation mémoire mobilité monnaie mutuelle numérique
outil parcours partage partenaire parole pôle présentation prêt production programme projet quartier
recyclage récit région rencontre repas réseau ressource rivière rural salariée semaine service
société soirée solidarité solidaire soutien stage statut subvention syndicat table tarif temps
territoire théâtre transition transport travail université utilité vélo village ville visite voisin
le la les un une des de du au aux et ou mais donc pour par avec sans sous sur dans entre vers chez
nous vous elles qui que dont quand comme plus moins très bien aussi encore toujours jamais déjà
est sont sera fut avait peut doit permet demande propose organise invite rappelle soutient accueille
ouverte gratuite locale commune durable sociale populaire nouvelle première d’abord aujourd’hui
c’est l’eau l’association l’emploi l’échange d’une qu’elle n’est jusqu’à là où après près été élu
"""
WORDS = tuple(VOCABULARY.split())


def words(rng: random.Random, count: int) -> str:
    return " ".join(rng.choices(WORDS, k=count))


def sentence(rng: random.Random, least: int, most: int) -> str:
    text = words(rng, rng.randint(least, most))
    return text[0].upper() + text[1:] + rng.choice((".", ".", ".", " !", " ?"))


def rich_sentence(rng: random.Random, least: int = 8, most: int = 18) -> str:
    """A sentence of which some words stand out."""
    chosen = rng.choices(WORDS, k=rng.randint(least, most))
    chosen[0] = chosen[0].capitalize()
    for share, mark in ((0.15, "**"), (0.1, "*"), (0.05, "`")):
        place = rng.randrange(len(chosen))
        if rng.random() < share and chosen[place].isalpha():
            chosen[place] = f"{mark}{chosen[place]}{mark}"
    return " ".join(chosen) + rng.choice((".", ".", ".", " !", " ?"))


def paragraph(rng: random.Random, sentences: int) -> str:
    return " ".join(rich_sentence(rng) for _ in range(sentences))
