"""Groups of search words: no word with two meanings, none that nobody can type, none in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.catalog_build.assemble import assemble
from models.stores.catalog_search import CatalogSearch
from models.values.problems import Problem, Severity
from models.values.text import sound_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.catalog_build.draft import Draft
    from models.catalog_build.schema import SearchWordsYaml


def check_search_words(draft: Draft) -> Iterator[Problem]:
    """Find words in two groups, words that say nothing new, and words that hold a space."""
    group_of: dict[str, SearchWordsYaml] = {}
    for group in draft.search_words:
        if len(group.words) + len(group.typed) == 1:
            reason = "言葉が一つだけの組は、検索を変えません。言いかえを足すか、消してください。"
            yield group.problem(reason, Severity.IMPORTANT, "words")
        for field, words in (("words", group.words), ("typed", group.typed)):
            for place, word in enumerate(words):
                found = _fault(group, word, group_of)
                if found is not None:
                    yield group.problem(*found, field, place)


def _fault(
    group: SearchWordsYaml, word: str, group_of: dict[str, SearchWordsYaml]
) -> tuple[str, Severity] | None:
    """Return what is wrong with the word, and remember whose it is."""
    key = sound_key(word)
    if len(key.split()) != 1:
        reason = f"「{word}」は打てません。空白は言葉の区切りです。"
        return reason, Severity.IMPORTANT
    if key not in group_of:
        group_of[key] = group
        return None
    if group_of[key] is group:
        return f"「{word}」は同じ組の言葉と、検索では同じです。消してください。", Severity.MINOR
    other = group_of[key].words[0]
    reason = f"「{word}」は「{other}」の組にもあります。一つの組だけに書いてください。"
    return reason, Severity.IMPORTANT


def check_found_words(draft: Draft) -> Iterator[Problem]:
    """Find groups with no entry to find; the draft must be free of blocking findings."""
    search = CatalogSearch(assemble(draft))
    for group in draft.search_words:
        if not search.find(group.words[0]):
            reason = "この組の言葉では、どの制度も見つかりません。"
            yield group.problem(reason, Severity.MINOR, "words")
