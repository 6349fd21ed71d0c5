"""A second opinion on verdicts and amounts, written by hand from the contract (§2, §5).

Nothing here reads the catalog or the program's judgement, so a wrong condition, rate or limit in
either of them shows as a disagreement. `True`, `False` and `None` are yes, no and unknown; money is
whole yen. It is naive on purpose: every open end of an amount is tried out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.values.consultation import Expense

Answers = Mapping[str, Any]
Truth = bool | None
MAN, OKU = 10_000, 100_000_000

# ------------------------------------------------------------------ Kleene's tables


def every(*parts: Truth) -> Truth:
    if False in parts:
        return False
    return None if None in parts else True


def some(*parts: Truth) -> Truth:
    if True in parts:
        return True
    return None if None in parts else False


def contrary(part: Truth) -> Truth:
    return None if part is None else not part


def same(answers: Answers, question: str, *values: Any) -> Truth:
    answer = answers.get(question)
    return None if answer is None else answer in values


def at_least(number: int | None, limit: int | None) -> Truth:
    return None if number is None or limit is None else number >= limit


def at_most(number: int | None, limits: Iterable[int]) -> Truth:
    """Compare with every limit that may be meant; it is settled where they agree."""
    found = set() if number is None else {number <= limit for limit in limits}
    return found.pop() if len(found) == 1 else None


# ------------------------------------------------------------------ company size (domain.md §2.3)

# row: capital in yen, employees, employees of a small enterprise
SIZES = {
    "manufacturing": (3 * OKU, 300, 20),
    "rubber": (3 * OKU, 900, 20),
    "wholesale": (1 * OKU, 100, 5),
    "service": (5000 * MAN, 100, 5),
    "software": (3 * OKU, 300, 5),
    "lodging": (5000 * MAN, 200, 20),
    "amusement": (5000 * MAN, 100, 20),
    "retail": (5000 * MAN, 50, 5),
}
SPLIT = {
    "19": {"manufacturing", "rubber"},
    "41": {"manufacturing", "service"},
    "69": {"manufacturing", "service"},
    "79": {"manufacturing", "service"},
}
EXACT = {
    **dict.fromkeys(("190", "192", "199"), "rubber"),
    **dict.fromkeys(("411", "412", "415", "416", "693"), "service"),
    "791": "manufacturing",
}
MIDDLE = {
    39: "software",
    75: "lodging",
    80: "amusement",
    **dict.fromkeys(range(50, 56), "wholesale"),
    **dict.fromkeys((*range(56, 62), 76, 77), "retail"),
    **dict.fromkeys((38, 70, 71, 72, 73, 74, 78, 79, *range(81, 97)), "service"),
}


def size_rows(code: str) -> set[str]:
    """Return the rows that an industry may stand in."""
    return SPLIT.get(code) or {EXACT.get(code) or MIDDLE.get(int(code[:2]), "manufacturing")}


def _limits(answers: Answers, column: int) -> list[int]:
    code = answers.get("applicant.industry_code")
    return [] if code is None else [SIZES[row][column] for row in size_rows(code)]


def is_sme(answers: Answers) -> Truth:
    capital = answers.get("applicant.stated_capital")
    employees = answers.get("applicant.regular_employees")
    return some(
        every(
            contrary(same(answers, "applicant.legal_form", "sole_proprietor")),
            at_most(capital, _limits(answers, 0)),
        ),
        at_most(employees, _limits(answers, 1)),
    )


def is_small(answers: Answers) -> Truth:
    return at_most(answers.get("applicant.regular_employees"), _limits(answers, 2))


# ------------------------------------------------------------------ verdicts (contract §2)


def _yes(*questions: str) -> Callable[[Answers], Truth]:
    return lambda answers: every(*(same(answers, question, True) for question in questions))


def _succession(kind: str, *roles: str) -> Callable[[Answers], Truth]:
    return lambda answers: every(
        is_sme(answers),
        same(answers, "succession.kind", kind),
        same(answers, "succession.role", *roles) if roles else True,
    )


def _renews(answers: Answers) -> Truth:
    return same(answers, "succession.innovation", True)


def _venture(answers: Answers) -> Truth:
    return some(
        same(answers, "succession.new_product_or_service", True),
        same(answers, "succession.innovation_plan_submitted", True),
        same(answers, "succession.equipment_plan_submitted", True),
    )


def _companies(least: int, most: int) -> Callable[[Answers], Truth]:
    def within(answers: Answers) -> Truth:
        companies = answers.get("consortium.companies")
        return every(at_least(companies, least), at_most(companies, [most]))

    return within


def _half_are_small(answers: Answers) -> Truth:
    companies = answers.get("consortium.companies")
    # members are the companies without the lead; twice the small ones must reach them
    small = answers.get("consortium.small_members")
    return (
        None if companies is None else at_least(None if small is None else 2 * small, companies - 1)
    )


def _business_model(answers: Answers) -> Truth:
    together = every(at_least(answers.get("consortium.companies"), 11), _half_are_small(answers))
    lead = every(together, same(answers, "consortium.role", "lead"))
    member = every(together, same(answers, "consortium.role", "member"), is_sme(answers))
    return some(lead, member)


def _flooded(*prefectures: str) -> Callable[[Answers], Truth]:
    return lambda answers: every(
        is_sme(answers),
        same(answers, "applicant.prefecture", *prefectures),
        same(answers, "disaster.event", "2020-07-heavy-rain"),
        same(answers, "disaster.damaged", True),
    )


def _and(*conditions: Callable[[Answers], Truth]) -> Callable[[Answers], Truth]:
    return lambda answers: every(*(condition(answers) for condition in conditions))


def _market(answers: Answers) -> Truth:
    return None if answers.get("japan_brand.market") is None else True


def _supporter(answers: Answers) -> Truth:
    return same(answers, "applicant.legal_form", "support_organization")


HARD: dict[str, Callable[[Answers], Truth]] = {
    "jigyo-shokei/keieisha-kotai/gensoku": _and(_succession("owner_change"), _renews),
    "jigyo-shokei/keieisha-kotai/venture-seisansei": _and(
        _succession("owner_change"), _renews, _venture
    ),
    "jigyo-shokei/ma/gensoku": _and(_succession("m_and_a", "buyer"), _renews),
    "jigyo-shokei/ma/venture-seisansei": _and(_succession("m_and_a", "buyer"), _renews, _venture),
    "jigyo-shokei/senmonka/urite": _and(
        _succession("m_and_a", "seller"), _yes("succession.uses_experts")
    ),
    "jigyo-shokei/senmonka/kaite": _and(
        _succession("m_and_a", "buyer"), _yes("succession.uses_experts")
    ),
    "senryaku-kiban/sapoin": _and(
        is_sme, _yes("research.base_technology", "research.with_institute")
    ),
    "senryaku-kiban/sabisapo": _and(
        is_sme, _yes("service.new_model", "service.cross_field_partner")
    ),
    "japan-brand/jigyo": _and(is_sme, _market),
    "japan-brand/shien": _and(_supporter, _yes("japan_brand.supports_several_smes")),
    "seisansei/monozukuri": _and(
        is_sme, _yes("productivity.innovative_investment", "productivity.wage_plan")
    ),
    "seisansei/jizokuka": _and(is_small, _yes("productivity.sales_promotion_plan")),
    "seisansei/it-donyu": _and(is_sme, _yes("productivity.it_tool")),
    "kodo-renkei/kigyokan": _and(is_sme, _companies(2, 5), _yes("consortium.shares_data")),
    "kodo-renkei/supply-chain": _and(is_sme, _companies(2, 10), _yes("consortium.shared_system")),
    "kodo-renkei/business-model": _business_model,
    "chiiki-mirai/digital-keiei": _yes("regional.leading_company"),
    "chiiki-mirai/sangyo-digital": _yes("regional.leading_company"),
    "nariwai/a": _flooded("熊本県"),
    "nariwai/b": _flooded("福岡県", "大分県"),
    "nariwai/c": _flooded("山形県", "長野県", "岐阜県", "島根県", "佐賀県", "鹿児島県"),
}
NOT_FOR_SMES = {"japan-brand/shien", "chiiki-mirai/digital-keiei", "chiiki-mirai/sangyo-digital"}
CONSULT = {
    "saisei-shien", "shokei-sogo-shien", "shokei-trial", "keiei-shigen-zeisei",
    "seisansei/shuchi-hands-on", "chiiki-mirai/wakamono-jinzai", "torihiki-taisaku", "kyojinka",
}  # fmt: skip


def _soft(entry: str, answers: Answers) -> Truth:
    """Return whether the one soft condition of the frames for SMEs is met."""
    if entry in NOT_FOR_SMES:
        return True
    met = contrary(same(answers, "applicant.deemed_large_enterprise", True))
    if entry == "kodo-renkei/business-model":
        # A lead may be a large enterprise: only for a member is it a frame for SMEs.
        return some(same(answers, "consortium.role", "lead"), met)
    return met


def verdict(entry: str, answers: Answers) -> str:
    """Return the verdict on an entry in the words of the JSON output."""
    if entry not in HARD:
        return "consult" if entry in CONSULT else "information"
    hard = HARD[entry](answers)
    if hard is False:
        return "not_eligible"
    return "likely" if hard and _soft(entry, answers) else "needs_confirmation"


# ------------------------------------------------------------------ amounts (contract §5)


@dataclass(frozen=True)
class Payment:
    """What is paid (yen) when everything is known."""

    base: int
    top_up: int = 0
    years: tuple[int, ...] = ()
    limits: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    missing: int | None = None
    """Cost (yen) that is still missing to reach the minimum."""

    @property
    def total(self) -> int:
        return self.base + self.top_up


class Purse:
    """The planned expenses, counted without tax or, where that may be right, with it."""

    def __init__(self, expenses: Sequence[Expense], *, tax_in: bool) -> None:
        self.expenses = expenses
        self.tax_in = tax_in
        self._known: dict[object, int] = {}

    def cost(self, *categories: str, year: int | None = None) -> int:
        key = (categories, year)
        if key not in self._known:
            self._known[key] = sum(
                _counted(expense, tax_in=self.tax_in)
                for expense in self.expenses
                if expense.category in categories and year in {None, expense.year}
            )
        return self._known[key]


def _counted(expense: Expense, *, tax_in: bool) -> int:
    amount, percent = expense.amount, expense.tax_rate_percent
    if expense.tax.value == "included":
        return amount if tax_in else amount * 100 // (100 + percent)
    if expense.tax.value == "excluded" and tax_in:
        return amount + amount * percent // 100
    return amount


def _capped(amount: int, most: int, code: str = "subsidy_max_limit") -> tuple[int, tuple[str, ...]]:
    return (most, (code,)) if amount > most else (amount, ())


Known = Mapping[str, Any]
Pay = Callable[[Known, Purse], Payment]


def _plain(parts: int, of: int, most: int, *categories: str, least: int = 0) -> Pay:
    def pay(known: Known, purse: Purse) -> Payment:
        del known
        cost = purse.cost(*categories)
        base, limits = _capped(cost * parts // of, most)
        if base < least:
            needed = -(-least * of // parts)
            return Payment(0, reasons=("below_minimum",), missing=needed - cost)
        return Payment(base, limits=limits)

    return pay


def _by_size(most: int, *categories: str, least: int = 0) -> Pay:
    def pay(known: Known, purse: Purse) -> Payment:
        parts, of = (2, 3) if known["small"] else (1, 2)
        return _plain(parts, of, most, *categories, least=least)(known, purse)

    return pay


def _with_top_up(base_pay: Pay, base: Sequence[str], parts: int, of: int, most: int) -> Pay:
    def pay(known: Known, purse: Purse) -> Payment:
        paid = base_pay(known, purse)
        if not known["succession.closes_business"] or not known.get("top_up", True):
            return paid
        if purse.cost(*base) == 0:
            return paid
        top_up, limits = _capped(purse.cost("closure") * parts // of, most, "top_up_max")
        return Payment(paid.base, top_up, limits=paid.limits + limits)

    return pay


def _renewal(parts: int, of: int, most: int) -> Pay:
    base = ("equipment", "sales_promotion")
    return _with_top_up(_plain(parts, of, most, *base), base, parts, of, most)


def _experts() -> Pay:
    base = ("expert_services",)
    return _with_top_up(_plain(2, 3, 200 * MAN, *base), base, 2, 3, 450 * MAN)


def _sapoin(known: Known, purse: Purse) -> Payment:
    del known
    years: list[int] = []
    limits: dict[str, None] = {}
    left = 9750 * MAN
    for year in (1, 2, 3):
        own = purse.cost("research", "sales_promotion", year=year) * 2 // 3
        institute = purse.cost("institute_research", year=year)
        amount, hit = _capped(own + institute, 4500 * MAN, "year_limit")
        amount, over = _capped(amount, left, "term_limit")
        limits.update(dict.fromkeys((*hit, *over)))
        years.append(amount)
        left -= amount
    return Payment(sum(years), years=tuple(years), limits=tuple(limits))


def _sabisapo(known: Known, purse: Purse) -> Payment:
    parts, of = (2, 3) if known["service.advanced_technology"] else (1, 2)
    cost = [purse.cost("service_development", year=year) for year in (1, 2)]
    first, hit = _capped(cost[0] * parts // of, 3000 * MAN, "year_limit")
    second, hit_again = _capped(cost[1] * parts // of, 3000 * MAN, "year_limit")
    second, over = _capped(second, first, "first_year_limit")
    limits = tuple(dict.fromkeys((*hit, *hit_again, *over)))
    return Payment(first + second, years=(first, second), limits=limits)


def _japan_brand(known: Known, purse: Purse) -> Payment:
    half = known["japan_brand.market"] == "domestic" or known["japan_brand.plan_year"] == 3
    parts, of = (1, 2) if half else (2, 3)
    count = known["japan_brand.applicants"]
    most = min(500 * MAN * count, 2000 * MAN)
    if known["joint_limit"] and count > 1:
        most = 2000 * MAN
    cost = purse.cost("sales_promotion", "branding", "overseas_expansion")
    base, limits = _capped(cost * parts // of, most)
    return Payment(base, limits=limits)


def _supply_chain(known: Known, purse: Purse) -> Payment:
    if known["consortium.role"] == "lead" and known["consortium.lead_is_large"]:
        return Payment(0, reasons=("large_lead",))
    return _by_size(1000 * MAN, "shared_system")(known, purse)


def _model(known: Known, purse: Purse) -> Payment:
    most = 1 * OKU if known["consortium.role"] == "lead" else 750 * MAN
    return _plain(2, 3, most, "equipment", "shared_system")(known, purse)


def _restoration(most: int, in_full: int) -> Pay:
    def pay(known: Known, purse: Purse) -> Payment:
        cost = purse.cost("facility_restoration")
        payout = known["disaster.insurance_payout"] or 0
        counted = max(cost - payout, 0) if known["payout_deducted"] else cost
        full = min(counted, in_full) if known["fixed_part"] else 0
        base, limits = _capped(full + (counted - full) * 3 // 4, most)
        if payout:
            base, over = _capped(base, max(cost - payout, 0), "insurance_limit")
            limits += over
        return Payment(base, limits=limits)

    return pay


PAY: dict[str, Pay] = {
    "jigyo-shokei/keieisha-kotai/gensoku": _renewal(1, 2, 225 * MAN),
    "jigyo-shokei/keieisha-kotai/venture-seisansei": _renewal(2, 3, 300 * MAN),
    "jigyo-shokei/ma/gensoku": _renewal(1, 2, 450 * MAN),
    "jigyo-shokei/ma/venture-seisansei": _renewal(2, 3, 600 * MAN),
    "jigyo-shokei/senmonka/urite": _experts(),
    "jigyo-shokei/senmonka/kaite": _experts(),
    "senryaku-kiban/sapoin": _sapoin,
    "senryaku-kiban/sabisapo": _sabisapo,
    "japan-brand/jigyo": _japan_brand,
    "japan-brand/shien": _plain(2, 3, 2000 * MAN, "support_activity"),
    "seisansei/monozukuri": _by_size(1000 * MAN, "equipment", least=100 * MAN),
    "seisansei/jizokuka": _plain(2, 3, 50 * MAN, "sales_promotion"),
    "seisansei/it-donyu": _plain(1, 2, 450 * MAN, "it_tool", least=30 * MAN),
    "kodo-renkei/kigyokan": _by_size(2000 * MAN, "equipment", "shared_system"),
    "kodo-renkei/supply-chain": _supply_chain,
    "kodo-renkei/business-model": _model,
    "nariwai/a": _restoration(15 * OKU, 5 * OKU),
    "nariwai/b": _restoration(3 * OKU, 1 * OKU),
    "nariwai/c": _restoration(3 * OKU, 1 * OKU),
}
EITHER = (False, True)
# What an amount hangs on: the question with all its possible answers.
USES: dict[str, dict[str, Sequence[Any]]] = {
    "jigyo-shokei": {"succession.closes_business": EITHER},
    "senryaku-kiban/sabisapo": {"service.advanced_technology": EITHER},
    "japan-brand/jigyo": {
        "japan_brand.market": ("overseas", "domestic", "inbound"),
        "japan_brand.plan_year": (1, 2, 3),
        "japan_brand.applicants": range(1, 101),
    },
    "kodo-renkei/supply-chain": {
        "consortium.role": ("lead", "member"),
        "consortium.lead_is_large": EITHER,
    },
    "kodo-renkei/business-model": {"consortium.role": ("lead", "member")},
    # An unanswered payout counts as none.
    "nariwai": {"disaster.insurance_payout": (0,)},
}
BY_SIZE = {"seisansei/monozukuri", "kodo-renkei/kigyokan", "kodo-renkei/supply-chain"}


def _open_ends(entry: str, answers: Answers) -> dict[str, Sequence[Any]]:
    """Return everything that the amount hangs on, with what it is or could be."""
    ends: dict[str, Sequence[Any]] = {}
    for prefix, questions in USES.items():
        if entry.startswith(prefix):
            for question, possible in questions.items():
                answer = answers.get(question)
                ends[question] = possible if answer is None else (answer,)
    if entry in BY_SIZE:
        small = is_small(answers)
        ends["small"] = EITHER if small is None else (small,)
    # How an ambiguous text may be read.
    if entry == "jigyo-shokei/senmonka/kaite":
        ends["top_up"] = EITHER
    if entry == "japan-brand/jigyo":
        ends["joint_limit"] = EITHER
    if entry.startswith("nariwai"):
        ends["payout_deducted"] = EITHER
        ruled_out = answers.get("disaster.fixed_amount_conditions") is False
        ends["fixed_part"] = (False,) if ruled_out else EITHER
    taxable = answers.get("applicant.consumption_tax") == "taxable"
    ends["tax_in"] = (False,) if taxable else EITHER
    return ends


def payments(entry: str, answers: Answers, expenses: Sequence[Expense]) -> list[Payment]:
    """Return what would be paid in every case that is still possible."""
    ends = _open_ends(entry, answers)
    purses = {tax_in: Purse(expenses, tax_in=tax_in) for tax_in in EITHER}
    found: list[Payment] = []
    for values in product(*ends.values()):
        known = dict(zip(ends, values, strict=True))
        found.append(PAY[entry](known, purses[known["tax_in"]]))
    return found
