"""Plans as JSON, so that a process beside the window can hand them over without loss."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from models.values.money import YenRange
from models.values.plan import (
    DoubleClaim,
    DoubleFunding,
    LeftOutFrame,
    LeftOutReason,
    Plan,
    PlannedFrame,
    PlanProof,
    Plans,
    RunnerUp,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


def plans_document(plans: Plans) -> dict[str, Any]:
    """Return plans as JSON holds them."""
    double = plans.double_funding
    return {
        "whole": plan_document(plans.whole),
        "spoken": plan_document(plans.spoken),
        "double_funding": None
        if double is None
        else {
            "claims": [
                {"expense": one.expense, "frames": list(one.frames), "given_to": one.given_to}
                for one in double.claims
            ],
            "split": plan_document(double.split),
            "unconfirmed": [list(pair) for pair in double.unconfirmed],
        },
    }


def read_plans(document: dict[str, Any]) -> Plans:
    """Return the plans of a document that `plans_document` made."""
    double = document["double_funding"]
    return Plans(
        whole=read_plan(document["whole"]),
        spoken=read_plan(document["spoken"]),
        double_funding=None
        if double is None
        else DoubleFunding(
            claims=tuple(
                DoubleClaim(one["expense"], tuple(one["frames"]), one["given_to"])
                for one in double["claims"]
            ),
            split=read_plan(double["split"]),
            unconfirmed=_pairs(double["unconfirmed"]),
        ),
    )


def plan_document(plan: Plan) -> dict[str, Any]:
    """Return a plan with its proof, as `plan --json` prints it."""
    runner_up = plan.runner_up
    return {
        "total": _range_document(plan.total),
        "if_confirmed": None if plan.if_confirmed is None else _range_document(plan.if_confirmed),
        "if_confirmed_proven": plan.if_confirmed_proven,
        "frames": [
            {
                "frame": frame.entry,
                "expenses": list(frame.expenses),
                "total": _range_document(frame.total),
            }
            for frame in plan.frames
        ],
        "left_out": [
            {
                "frame": each.entry,
                "reason": each.reason.value,
                "because_of": list(each.because_of),
            }
            for each in plan.left_out
        ],
        "proven_optimal": plan.proven_optimal,
        "upper_bound": plan.upper_bound,
        "proof": {
            "price_bound": plan.proof.price_bound,
            "prices": [str(price) for price in plan.proof.prices],
            "searched": plan.proof.searched,
        },
        "runner_up_searched": plan.runner_up_searched,
        "runner_up": None
        if runner_up is None
        else {
            "frames": list(runner_up.frames),
            "low": runner_up.low,
            "difference": runner_up.difference,
        },
        "to_confirm": [list(pair) for pair in plan.unsaid_pairs],
    }


def read_plan(document: dict[str, Any]) -> Plan:
    """Return the plan of a document that `plan_document` made."""
    runner_up, if_confirmed = document["runner_up"], document["if_confirmed"]
    proof = document["proof"]
    return Plan(
        total=_range(document["total"]),
        if_confirmed=None if if_confirmed is None else _range(if_confirmed),
        if_confirmed_proven=document["if_confirmed_proven"],
        frames=tuple(
            PlannedFrame(frame["frame"], tuple(frame["expenses"]), _range(frame["total"]))
            for frame in document["frames"]
        ),
        left_out=tuple(
            LeftOutFrame(each["frame"], LeftOutReason(each["reason"]), tuple(each["because_of"]))
            for each in document["left_out"]
        ),
        proven_optimal=document["proven_optimal"],
        proof=PlanProof(
            upper_bound=document["upper_bound"],
            price_bound=proof["price_bound"],
            prices=tuple(Fraction(price) for price in proof["prices"]),
            searched=proof["searched"],
        ),
        runner_up_searched=document["runner_up_searched"],
        runner_up=None
        if runner_up is None
        else RunnerUp(tuple(runner_up["frames"]), runner_up["low"], runner_up["difference"]),
        unsaid_pairs=_pairs(document["to_confirm"]),
    )


def _range_document(amount: YenRange) -> dict[str, int]:
    return {"low": amount.low, "high": amount.high}


def _range(document: dict[str, int]) -> YenRange:
    return YenRange(document["low"], document["high"])


def _pairs(document: Iterable[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in document)
