"""The fields that every kind shares, and how a refusal of pydantic becomes a sentence for an editor.

Values arrive as the text that was typed (see ``frontmatter``); the types below say what a text means.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from plugins.press import moments, slugs
from plugins.press.addresses import encode_address
from plugins.press.frontmatter import FrontMatter
from plugins.press.problems import Problem
from plugins.press.simpleyaml import Mark

SUMMARY_LENGTH = 300
LINE_LENGTH = 1000
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_EMPTY = "la valeur est vide. L'écrire, ou retirer le champ."
_NOT_A_LIST = "un texte est attendu ici, pas une liste. L'écrire sur la même ligne que le champ."
_LANGUAGE = re.compile("[a-z]{2,3}(-[A-Z]{2})?")


def refuse(message: str) -> PydanticCustomError:
    """To raise in a validator: the French sentence reaches the editor as it is."""
    return PydanticCustomError("french", "{message}", {"message": message})


def _one_line(value: object) -> str:
    if value is None:
        raise refuse(_EMPTY)
    if not isinstance(value, str):
        raise refuse(_NOT_A_LIST)
    text = " ".join(value.split())
    if not text:
        raise refuse(_EMPTY)
    if len(text) > LINE_LENGTH:
        raise refuse(f"le texte est trop long ({len(text)} caractères, {LINE_LENGTH} au plus).")
    return text


def _parse_with(parse: Any) -> Any:
    def read(value: object) -> Any:
        try:
            return parse(_one_line(value))
        except ValueError as error:
            raise refuse(str(error)) from error

    return read


def _read_flag(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError(f"« {text} » : écrire true (oui) ou false (non).")
    return text == "true"


def _read_integer(text: str) -> int:
    if not text.isascii() or not text.removeprefix("-").isdigit() or len(text) > 15:
        raise ValueError(f"« {text} » n'est pas un nombre entier. L'écrire en chiffres, sans espace.")
    return int(text)


def _read_number(text: str) -> float:
    if not _NUMBER.fullmatch(text):  # float() also takes « nan », « inf », « 1e400 », « 1_000 »
        raise ValueError(f"« {text} » n'est pas un nombre. L'écrire en chiffres, par exemple 47.39.")
    return float(text.replace(",", "."))


def read_amount(text: str) -> int | float:
    """« 1 400 », whatever the space, « 47,5 ». Raises ``ValueError`` in French."""
    joined = "".join(text.split())
    if not _NUMBER.fullmatch(joined):
        raise ValueError(f"« {text} » n'est pas un nombre. L'écrire en chiffres, par exemple 1 400 ou 47,5.")
    number = float(joined.replace(",", "."))
    return int(number) if number.is_integer() else number


def _read_address(text: str) -> str:
    try:
        scheme, netloc, *_ = urlsplit(text)
    except ValueError:  # « http://[x »
        scheme, netloc = "", ""
    if scheme not in {"http", "https"} or "." not in netloc or " " in text:
        raise ValueError(f"« {text} » n'est pas une adresse web complète. L'écrire en entier, avec https://.")
    return encode_address(text)


def _read_email(text: str) -> str:
    name, at, host = text.partition("@")
    if not (name and at and "." in host) or " " in text or "@" in host:
        raise ValueError(f"« {text} » n'est pas une adresse électronique.")
    return text


def _read_slug(text: str) -> str:
    if not slugs.is_slug(text):
        raise ValueError(
            f"« {text} » ne peut pas servir d'adresse. Écrire « {slugs.build_slug(text) or 'mon-titre'} »."
        )
    return text


def _read_alias(text: str) -> str:
    address = text if text.endswith(("/", ".html", ".php", ".htm")) else f"{text}/"
    parts = address.removeprefix("/").removesuffix("/").split("/")
    if not address.startswith("/") or {"", ".", ".."} & {*parts} or any(c in address for c in "?#\\ <>\"'"):
        raise ValueError(
            f"« {text} » n'est pas une ancienne adresse de ce site. "
            "L'écrire depuis la racine, par exemple /ancien-nom/."
        )
    return address


def _read_summary(text: str) -> str:
    if len(text) > SUMMARY_LENGTH:
        raise ValueError(f"le résumé est trop long ({len(text)} caractères, {SUMMARY_LENGTH} au plus). Le raccourcir.")
    return text


def _read_language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise ValueError(f"« {text} » n'est pas le code d'une langue. Écrire fr, en, pt-BR…")
    return text


def _as_list(value: object) -> object:
    if value is None:
        return []
    if isinstance(value, str):
        raise refuse(f'une liste est attendue. L\'écrire ["{value}"], ou une ligne « - {value} » pour chaque élément.')
    return value


def _without_repeats(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _text_type(parse: Any, **schema: Any) -> Any:
    return (PlainValidator(_parse_with(parse)), WithJsonSchema({"type": "string", **schema}))


Line = Annotated[str, PlainValidator(_one_line), WithJsonSchema({"type": "string", "maxLength": LINE_LENGTH})]
Flag = Annotated[bool, PlainValidator(_parse_with(_read_flag)), WithJsonSchema({"type": "boolean"})]
Integer = Annotated[int, PlainValidator(_parse_with(_read_integer)), WithJsonSchema({"type": "integer"})]
Number = Annotated[float, PlainValidator(_parse_with(_read_number)), WithJsonSchema({"type": "number"})]
Amount = Annotated[int | float, PlainValidator(_parse_with(read_amount)), WithJsonSchema({"type": "number"})]
"""A number as one writes it in French: « 1 400 », whatever the space, or « 47,5 »."""
Day = Annotated[Any, *_text_type(moments.read_day, format="date")]
Moment = Annotated[moments.Moment, *_text_type(moments.read_moment, description="AAAA-MM-JJ ou AAAA-MM-JJTHH:MM")]
Address = Annotated[str, *_text_type(_read_address, format="uri")]
Email = Annotated[str, *_text_type(_read_email, format="email")]
Slug = Annotated[str, *_text_type(_read_slug, pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
Alias = Annotated[str, *_text_type(_read_alias)]
Summary = Annotated[str, *_text_type(_read_summary, maxLength=SUMMARY_LENGTH)]
Language = Annotated[str, *_text_type(_read_language, pattern="^[a-z]{2,3}(-[A-Z]{2})?$")]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_as_list), AfterValidator(_without_repeats)]
Aliases = Annotated[tuple[Alias, ...], BeforeValidator(_as_list)]
AsList = BeforeValidator(_as_list)


class Fields(BaseModel):
    """A group of fields: nothing unknown is accepted, nothing is changed afterwards."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True, arbitrary_types_allowed=True)


class CommonFields(Fields):
    """The fields of content-model « common to all kinds »."""

    title: Line
    slug: Slug | None = None
    summary: Summary = ""
    tags: Lines = ()
    status: Literal["published", "draft"] = "published"
    date: Moment | None = None
    modified: Moment | None = None
    authors: Lines = ()
    image: Line | None = None
    image_alt: Line | None = None
    image_credit: Line = ""
    aliases: Aliases = ()
    lang: Language = "fr"


F = TypeVar("F", bound="Fields")


def read_fields(schema: type[F], front: FrontMatter, path: str) -> tuple[F | None, list[Problem]]:
    """Validate the values of a file: every problem with its place, and the fields that are right.

    None when what is wrong or missing is required.
    """
    try:
        return schema.model_validate(front.values), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    problems = list(_translate_all(errors, schema, front, path))
    wrong = {error["loc"][0] for error in errors if error["loc"]}
    try:
        return schema.model_validate({key: value for key, value in front.values.items() if key not in wrong}), problems
    except ValidationError:
        return None, problems


def _translate_all(
    errors: Iterable[ErrorDetails], schema: type[Fields], front: FrontMatter, path: str
) -> Iterator[Problem]:
    for error in errors:
        place = _read_place(error, front)
        line, column = _find_mark(place, error["type"], front)
        field = ".".join(str(part + 1 if isinstance(part, int) else part) for part in place)
        yield Problem(path=path, line=line, column=column, field=field, message=_explain(error, schema))


def _read_place(error: ErrorDetails, front: FrontMatter) -> tuple[str | int, ...]:
    """The place in the file: without pydantic's names for branches of unions, with the words that Python reserves."""
    last = error["loc"][-1:] if error["type"] == "extra_forbidden" else ()  # as it was typed
    place: tuple[str | int, ...] = ()
    for part in error["loc"][: len(error["loc"]) - len(last)]:
        inner = (*place, _as_typed(part))
        place = inner if inner in front.marks or not _is_union_branch(part) else place
    return (*place, *last)


def _is_union_branch(part: str | int) -> bool:
    return isinstance(part, str) and (part[:1].isupper() or "[" in part)


def _as_typed(part: str | int) -> str | int:
    """``except`` is a word of Python's, so its field is called ``except_``."""
    return part.removesuffix("_") if isinstance(part, str) else part


def _find_mark(place: tuple[str | int, ...], kind: str, front: FrontMatter) -> Mark:
    if kind == "extra_forbidden" and place in front.keys:
        return front.keys[place]
    while place and place not in front.marks:
        place = place[:-1]
    return front.marks.get(place) or (1, 1)


def _explain(error: ErrorDetails, schema: type[Fields]) -> str:
    kind, value, name = error["type"], error["input"], str(error["loc"][-1]) if error["loc"] else ""
    context: Mapping[str, Any] = error.get("ctx") or {}
    if kind == "french":
        return str(context["message"])
    if kind == "missing":
        return f"ce champ est obligatoire. Ajouter une ligne « {name}: … »."
    if kind == "extra_forbidden":
        return _explain_unknown(name, schema, error["loc"])
    if kind == "literal_error":
        return _explain_choice(value, str(context["expected"]))
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return "un groupe de champs est attendu, chacun sur sa ligne, décalé de deux espaces."
    if kind in {"list_type", "tuple_type"}:
        return "une liste est attendue : une ligne « - … » pour chaque élément."
    return f"« {value} » n'est pas accepté ({error['msg']})."


def _explain_choice(value: object, expected: str) -> str:
    if value is None:
        return _EMPTY
    if not isinstance(value, str):
        return _NOT_A_LIST
    choices = expected.replace("'", "").replace(" or ", " ou ")
    return f"« {value} » n'est pas une valeur possible. Écrire {choices}."


def _explain_unknown(name: str, schema: type[Fields], loc: tuple[str | int, ...]) -> str:
    known = sorted(_known_fields(schema, loc[:-1]))
    near = get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    if near:
        return f"champ inconnu. Vouliez-vous écrire « {near[0]} » ?"
    return f"champ inconnu, rien ne s'appelle ainsi. Champs possibles : {', '.join(known)}."


def _known_fields(schema: type[BaseModel], loc: tuple[str | int, ...]) -> set[str]:
    """The fields of the group in which the unknown one stands."""
    for part in loc:
        if isinstance(part, str) and part in schema.model_fields:
            schema = next(_groups_in(schema.model_fields[part].annotation), schema)
    return {str(_as_typed(name)) for name in schema.model_fields}


def _groups_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _groups_in(inner)
