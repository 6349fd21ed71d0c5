"""Reads the folder of the catalog into a draft; every fault becomes a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from models.catalog_build import schema
from models.catalog_build.draft import Draft, Item
from models.catalog_build.schema_problems import schema_problems
from models.catalog_build.yaml_source import LocatedDict, LocatedList, Place, SourceFile, read_yaml
from models.values.problems import Problem, Severity

if TYPE_CHECKING:
    from pathlib import Path

    from models.catalog_build.schema_base import Located

PROGRAMS = "programs"
_PLAIN_FILES: dict[str, dict[str, type[Located]]] = {
    "edition.yaml": {
        "documents": schema.DocumentYaml,
        "stages": schema.StageYaml,
        "glossary": schema.GlossaryYaml,
    },
    "questions.yaml": {
        "topics": schema.TopicYaml,
        "questions": schema.QuestionYaml,
        "questionnaires": schema.QuestionnaireYaml,
        "retired": schema.RetiredYaml,
    },
    "company_size.yaml": {"tables": schema.TableYaml, "facts": schema.FactYaml},
    "industries.yaml": {"industries": schema.IndustryYaml},
    "categories.yaml": {"categories": schema.CategoryYaml},
    "search_words.yaml": {"search_words": schema.SearchWordsYaml},
}
_PROGRAM_SECTIONS: dict[str, type[Located]] = {
    "entries": schema.EntryYaml,
    "notes": schema.NoteYaml,
    "advice": schema.AdviceYaml,
    "comparisons": schema.ComparisonYaml,
    "combinations": schema.CombinationYaml,
}
_SINGLE = {"edition.yaml": ("edition", "texts"), PROGRAMS: ("program",)}
_OPTIONAL = frozenset(
    {"glossary", "questionnaires", "retired", "facts", "tables", *_PROGRAM_SECTIONS}
)


def read_draft(folder: Path) -> Draft:
    """Return the draft of the catalog in `folder`, with all problems of form in it."""
    draft = Draft()
    if not folder.is_dir():
        reason = "カタログのフォルダーがありません。"
        draft.problems.append(Problem(str(folder), "", reason, Severity.CRITICAL))
        return draft
    for name, sections in _PLAIN_FILES.items():
        if not (folder / name).is_file():
            reason = "このファイルがありません。"
            draft.problems.append(Problem(name, "", reason, Severity.CRITICAL))
            draft.unread.update(sections)
            continue
        _read_file(draft, read_yaml(folder, folder / name), sections, _SINGLE.get(name, ()))
    for file in sorted((folder / PROGRAMS).glob("*.yaml")):
        _read_file(draft, read_yaml(folder, file), _PROGRAM_SECTIONS, _SINGLE[PROGRAMS])
    _report_strangers(draft, folder)
    return draft


def _report_strangers(draft: Draft, folder: Path) -> None:
    """Report files that no one reads: most often a misspelt name."""
    for file in sorted(folder.rglob("*.y*ml")):
        name = file.relative_to(folder).as_posix()
        is_program = file.parent == folder / PROGRAMS and file.suffix == ".yaml"
        if name not in _PLAIN_FILES and not is_program:
            reason = "このファイルは読まれません。名前か置き場所を確かめてください。"
            draft.problems.append(Problem(name, "", reason, Severity.IMPORTANT))


def _read_file(
    draft: Draft,
    source: SourceFile,
    sections: dict[str, type[Located]],
    single: tuple[str, ...],
) -> None:
    draft.problems.extend(source.problems)
    draft.strings.extend(source.texts)
    data = source.data
    if data is None and source.problems:
        draft.unread.update(sections)
        return
    if not isinstance(data, LocatedDict):
        reason = f"ファイルの一番外は {'、'.join((*single, *sections))} の項目にしてください。"
        draft.problems.append(Problem(source.name, "", reason, Severity.CRITICAL))
        draft.unread.update(sections)
        return
    for key in data:
        if key not in sections and key not in single:
            reason = f"この項目は使えません。{'、'.join((*single, *sections))} のどれかです。"
            draft.problems.append(data.place.problem(reason, Severity.CRITICAL, key))
    program = _read_single(draft, data)
    for section, model in sections.items():
        if section not in data:
            if section not in _OPTIONAL:
                draft.unread.add(section)
                reason = "この項目がありません。書いてください。"
                draft.problems.append(data.place.problem(reason, Severity.CRITICAL, section))
            continue
        _read_section(draft, section, model, data, program)


def _read_single(draft: Draft, data: LocatedDict) -> schema.ProgramYaml | None:
    if "edition" in data:
        edition = _validate(draft, schema.EditionYaml, data["edition"], _part(data, "edition"))
        draft.edition = edition if isinstance(edition, schema.EditionYaml) else None
    if data.get("texts") is not None:
        _read_texts(draft, data["texts"], _part(data, "texts"))
    if "program" not in data:
        return None
    program = _validate(draft, schema.ProgramYaml, data["program"], _part(data, "program"))
    if not isinstance(program, schema.ProgramYaml):
        return _stand_in(data["program"])
    draft.programs.append(program)
    return program


def _stand_in(program: object) -> schema.ProgramYaml:
    """Return a program for one that could not be read, so that its entries are not blamed."""
    known: dict[str, object] = program if isinstance(program, LocatedDict) else {}
    return schema.ProgramYaml.model_construct(
        id=str(known.get("id", "")), document="", slide="", name=""
    )


def _read_texts(draft: Draft, texts: object, place: Place) -> None:
    if not isinstance(texts, LocatedDict):
        reason = "「id: 文」の形で書いてください。"
        draft.problems.append(place.problem(reason, Severity.CRITICAL))
        return
    for key, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            reason = "文を書いてください。"
            draft.problems.append(texts.place.problem(reason, Severity.CRITICAL, key))
            continue
        draft.texts[key] = text.rstrip("\n")


def _read_section(
    draft: Draft,
    section: str,
    model: type[Located],
    data: LocatedDict,
    program: schema.ProgramYaml | None,
) -> None:
    items = data[section]
    if items is None:
        return
    if not isinstance(items, LocatedList):
        reason = "一覧（「- 」の並び）で書いてください。"
        draft.problems.append(data.place.problem(reason, Severity.CRITICAL, section))
        return
    known = draft.ids.setdefault(section, set())
    target: list[Any] = getattr(draft, section)
    for index, item in enumerate(items):
        if isinstance(item, LocatedDict):
            known.add(str(item.get("code" if section == "industries" else "id")))
        made = _validate(draft, model, item, _part(items, index))
        if made is not None:
            target.append(Item(made, program) if section in _PROGRAM_SECTIONS else made)


def _part(parent: LocatedDict | LocatedList, part: str | int) -> Place:
    place = parent.place
    return Place(place.file, (*place.path, part), place.lines.get(part, place.line))


def _validate(draft: Draft, model: type[Located], data: object, place: Place) -> Located | None:
    try:
        return model.model_validate(data)
    except ValidationError as fault:
        draft.problems.extend(schema_problems(fault, data, place))
        return None
