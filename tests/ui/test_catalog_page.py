"""制度をさがす: search as one types, filters, the whole entry, and what it means for the client."""

import pytest
from PySide6.QtCore import Qt

from models.values.catalog import EntryKind
from models.values.consultation import Consultation, Expense, TaxMode
from models.values.results import Verdict
from tests.ui.keys import CTRL, Key, focused, press, write
from tests.ui.test_verdicts_page import BUYER
from ui.catalog_purposes import purposes
from ui.entry_texts import entry_detail
from ui.pages.catalog_page import OTHER, SUPPORT, WITH_AMOUNT, kind_of
from ui.steps import Step

LATHE = Expense("NC旋盤", "equipment", 8_800_000, TaxMode.INCLUDED)


@pytest.fixture
def page(opened):
    press(Key.Key_F, modifier=CTRL)
    return opened.window.catalog_page


@pytest.fixture
def client(opened):
    opened.session.start_new(
        Consultation(consulted_on="2020-11-17", answers=BUYER, expenses=(LATHE,))
    )
    return opened


def found(page):
    return [one.entry for one in page.list.list_model.rows]


def test_it_opens_anywhere_and_escape_goes_back(client):
    for step in Step:
        client.window.go_to(step)
        before = client.window.frame.stack.currentWidget()
        press(Key.Key_F, modifier=CTRL)
        page = client.window.catalog_page
        assert client.window.frame.stack.currentWidget() is page
        assert client.window.frame.title.text() == "制度をさがす"
        assert focused() is page.search
        press(Key.Key_Escape)
        assert client.window.frame.stack.currentWidget() is before
        assert client.window.frame.title.text() == step.label
    client.window.frame.catalog_button.click()
    assert client.window.frame.stack.currentWidget() is page
    page.back_button.click()
    assert client.window.current_step is Step.SHEET


def test_it_works_before_any_consultation(opened, page, catalog):
    assert len(found(page)) == len(catalog.entries)
    assert page.trial_button.isHidden()
    assert "相談を開くと" in page._aside.text()
    press(Key.Key_Return)
    assert opened.window.frame.stack.currentWidget() is page
    assert all(one.shape == "" for one in page.list.list_model.rows)


@pytest.mark.parametrize(
    ("typed", "same"),
    [("M&A", "Ｍ＆Ａ"), ("強靭", "強靱"), ("ものづくり", "モノヅクリ"), ("IT", "ｉｔ")],
)
def test_the_kind_of_typing_does_not_matter(page, typed, same):
    write(typed)
    first = found(page)
    assert first
    page.search.selectAll()
    write(same)
    assert found(page) == first


def test_two_characters_are_enough(page):
    write("再生")
    assert 0 < len(found(page)) < 20
    assert f"{len(found(page))}件" in page._count.text()
    write("ぜったいにない")
    assert found(page) == []
    assert page._nothing.isVisible()
    assert page.pane.isHidden()
    press(Key.Key_Return)


def test_the_kinds_part_the_catalog(page, catalog):
    seen = []
    for kind in (WITH_AMOUNT, SUPPORT, OTHER):
        page.kind_bar.choose(kind)
        entries = [catalog.entries[one] for one in found(page)]
        assert entries
        assert all(kind_of(entry) == kind for entry in entries)
        assert all(entry.has_firm_amount == (kind == WITH_AMOUNT) for entry in entries)
        seen += found(page)
    assert sorted(seen) == sorted(catalog.entries)
    assert kind_of(next(e for e in catalog.entries.values() if e.kind is EntryKind.TAX)) == OTHER
    page.kind_bar.setFocus()
    press(Key.Key_Delete)
    assert len(found(page)) == len(catalog.entries)


def test_the_purposes_are_those_of_the_visit(page, catalog):
    topics = {q.id: q.leads_to for q in catalog.questions.values() if q.leads_to}
    flood = next(one for one, leads in topics.items() if "disaster" in leads)
    money = next(one for one, leads in topics.items() if "finance" in leads)
    page.purpose_bar.choose(flood)
    alone = found(page)
    assert alone
    assert all(flood in purposes(catalog)[one] for one in alone)
    page.purpose_bar.choose(money)
    assert set(alone) < set(found(page))
    assert any(catalog.entries[one].hard is None for one in found(page))
    page.purpose_button.setChecked(True)
    page.purpose_button.click()  # folding the purposes takes the filter off
    assert len(found(page)) == len(catalog.entries)


def test_every_subsidy_and_advice_has_a_purpose(catalog):
    found_purposes = purposes(catalog)
    for entry in catalog.entries.values():
        if entry.kind in {EntryKind.SUBSIDY, EntryKind.ADVICE}:
            assert found_purposes[entry.id], entry.id


def test_the_arrows_choose_and_the_entry_follows(page, catalog):
    first = page.pane.text()
    press(Key.Key_Down)
    assert focused() is page.search
    assert page.pane.text() != first
    entry = catalog.entries[page.list.current_entry()]
    assert entry.plain_name in page.pane.text()


def test_an_entry_is_told_in_full(catalog):
    for entry in catalog.entries.values():
        detail = entry_detail(catalog, entry)
        text = "\n".join(
            "\n".join(filter(None, (getattr(p, "text", ""), getattr(p, "source", ""))))
            for p in detail.parts
        )
        assert detail.title == entry.official_name
        wanted = [entry.plain_name, entry.who, entry.what_for, entry.route, *entry.targets]
        wanted += [*entry.special, *(source.text() for source in entry.sources)]
        wanted += [offer.good_for for offer in entry.offers]
        wanted += [offer.who_calls for offer in entry.offers]
        wanted += [contact.phone for contact in entry.contacts]
        wanted += [note.confirm for note in catalog.notes_of(entry.id)]
        wanted += [leaf.sentence for leaf in entry.soft]
        wanted += [] if entry.budget is None else [entry.budget.text]
        for figure in (entry.max_limit, entry.min_limit, entry.top_up_max):
            if figure is not None:
                wanted += [figure.text, figure.source.text()]
        for one in wanted:
            assert one in text, (entry.id, one)
        if entry.budget is not None and entry.budget.shared:
            assert "内数" in text


def test_the_marks_are_those_of_the_open_consultation(client, page, catalog):
    shapes = {one.entry: one.shape for one in page.list.list_model.rows}
    for screening in client.session.screenings():
        assert shapes[screening.entry]
    likely = next(s for s in client.session.screenings() if s.verdict is Verdict.LIKELY)
    page.list.show_rows(page.list.list_model.rows, likely.entry)
    assert "○ " in page.pane.text()


def test_enter_opens_the_working_for_the_client(client, page, catalog):
    likely = next(s for s in client.session.screenings() if s.verdict is Verdict.LIKELY)
    write(catalog.entries[likely.entry].short_name)
    assert page.list.current_entry() == likely.entry
    press(Key.Key_Return)
    assert client.window.current_step is Step.VERDICTS
    verdicts = client.window.page(Step.VERDICTS)
    assert verdicts.list.current_entry() == likely.entry
    assert verdicts.pane.isVisible()
    assert "計算" in verdicts.pane.text()
    assert "見込みの額" in verdicts.pane.text()


def test_what_is_only_information_says_so(client, page):
    known = next(s.entry for s in client.session.screenings() if s.verdict is Verdict.INFORMATION)
    page.list.show_rows(page.list.list_model.rows, known)
    assert page.trial_button.isHidden()
    assert "情報だけ" in page._aside.text()


def test_the_list_is_reached_from_the_filters_and_tries_out_too(client, page):
    page.kind_bar.setFocus()
    press(Key.Key_2)
    assert focused() is page.list
    press(Key.Key_Down, Key.Key_Return)
    assert client.window.current_step is Step.VERDICTS


def test_a_low_window_folds_the_purposes(opened, page):
    assert not page._purpose_box.isHidden()
    opened.window.resize(911, 512)
    assert page._purpose_box.isHidden()
    page.purpose_button.click()
    assert not page._purpose_box.isHidden()


def test_an_undo_reaches_the_marks(client, page):
    before = [one.shape for one in page.list.list_model.rows]
    client.session.change(Consultation(consulted_on="2020-11-17"), "x")
    assert [one.shape for one in page.list.list_model.rows] != before
    press(Key.Key_Z, modifier=CTRL)
    client.window.undo()
    assert [one.shape for one in page.list.list_model.rows] == before


def test_an_expert_term_is_explained_where_it_stands(qtbot, page, catalog):
    page.search.setFocus()
    write("経営革新")
    body, terms = page.pane.body, {one.term: one.plain for one in catalog.glossary}
    term = next(one for one in terms if f'href="term:{one}"' in body.toHtml())
    assert f"{term}＝" not in page.pane.text()
    body.anchorClicked.emit(f"term:{term}")
    assert f"{term}＝{terms[term]}" in page.pane.text()
    body.anchorClicked.emit(f"term:{term}")
    assert f"{term}＝" not in page.pane.text()
    body.setFocus()
    press(Key.Key_Tab, Key.Key_Return)  # the first term of the text
    assert "＝" in page.pane.text()
    assert Qt.FocusPolicy.StrongFocus in body.focusPolicy()
