from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.case_step import CaseStep
    from ..models.consent_view import ConsentView
    from ..models.decision_estimate import DecisionEstimate
    from ..models.told_view import ToldView


T = TypeVar("T", bound="Greeted")


@_attrs_define
class Greeted:
    """The case, and whom it greets.

    Attributes:
        account (str): Whose.
        attempts (int): How many times it was submitted.
        created_at (str): When it was opened, RFC 3339.
        expires_at (str): When it ends by itself unless it was submitted.
        id (str): Its id.
        state (str): `collecting`, `assessing`, `in_review`, `approved`, `declined`, `cancelled`, `expired`.
        tier (str): The tier that it is for.
        consents (list[ConsentView]): What was agreed to: `kind`, `text_version`, whether.
        steps (list[CaseStep]): Each step: what it is, its uploads, and whether it is `todo`, `done`, to be done
            `again` (with reasons) or arranged `by_person`.
        appealable_until (None | str | Unset): Until when a refusal may be appealed against.
        appealed_at (None | str | Unset): When the person appealed, RFC 3339.
        decision (None | ToldView | Unset):
        due_at (None | str | Unset): By when a person decides, while one has to.
        estimate (DecisionEstimate | None | Unset):
        language (None | str | Unset): The language that the person reads, where the operator told it: `en` or `zh-CN`.
        phrase (None | str | Unset): The phrase that the person chose with the operator: show it, so that they know the
            page.
    """

    account: str
    attempts: int
    created_at: str
    expires_at: str
    id: str
    state: str
    tier: str
    consents: list[ConsentView]
    steps: list[CaseStep]
    appealable_until: None | str | Unset = UNSET
    appealed_at: None | str | Unset = UNSET
    decision: None | ToldView | Unset = UNSET
    due_at: None | str | Unset = UNSET
    estimate: DecisionEstimate | None | Unset = UNSET
    language: None | str | Unset = UNSET
    phrase: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.decision_estimate import DecisionEstimate
        from ..models.told_view import ToldView

        account = self.account

        attempts = self.attempts

        created_at = self.created_at

        expires_at = self.expires_at

        id = self.id

        state = self.state

        tier = self.tier

        consents = []
        for consents_item_data in self.consents:
            consents_item = consents_item_data.to_dict()
            consents.append(consents_item)

        steps = []
        for steps_item_data in self.steps:
            steps_item = steps_item_data.to_dict()
            steps.append(steps_item)

        appealable_until: None | str | Unset
        if isinstance(self.appealable_until, Unset):
            appealable_until = UNSET
        else:
            appealable_until = self.appealable_until

        appealed_at: None | str | Unset
        if isinstance(self.appealed_at, Unset):
            appealed_at = UNSET
        else:
            appealed_at = self.appealed_at

        decision: dict[str, Any] | None | Unset
        if isinstance(self.decision, Unset):
            decision = UNSET
        elif isinstance(self.decision, ToldView):
            decision = self.decision.to_dict()
        else:
            decision = self.decision

        due_at: None | str | Unset
        if isinstance(self.due_at, Unset):
            due_at = UNSET
        else:
            due_at = self.due_at

        estimate: dict[str, Any] | None | Unset
        if isinstance(self.estimate, Unset):
            estimate = UNSET
        elif isinstance(self.estimate, DecisionEstimate):
            estimate = self.estimate.to_dict()
        else:
            estimate = self.estimate

        language: None | str | Unset
        if isinstance(self.language, Unset):
            language = UNSET
        else:
            language = self.language

        phrase: None | str | Unset
        if isinstance(self.phrase, Unset):
            phrase = UNSET
        else:
            phrase = self.phrase

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "attempts": attempts,
                "created_at": created_at,
                "expires_at": expires_at,
                "id": id,
                "state": state,
                "tier": tier,
                "consents": consents,
                "steps": steps,
            }
        )
        if appealable_until is not UNSET:
            field_dict["appealable_until"] = appealable_until
        if appealed_at is not UNSET:
            field_dict["appealed_at"] = appealed_at
        if decision is not UNSET:
            field_dict["decision"] = decision
        if due_at is not UNSET:
            field_dict["due_at"] = due_at
        if estimate is not UNSET:
            field_dict["estimate"] = estimate
        if language is not UNSET:
            field_dict["language"] = language
        if phrase is not UNSET:
            field_dict["phrase"] = phrase

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.case_step import CaseStep
        from ..models.consent_view import ConsentView
        from ..models.decision_estimate import DecisionEstimate
        from ..models.told_view import ToldView

        d = dict(src_dict)
        account = d.pop("account")

        attempts = d.pop("attempts")

        created_at = d.pop("created_at")

        expires_at = d.pop("expires_at")

        id = d.pop("id")

        state = d.pop("state")

        tier = d.pop("tier")

        consents = []
        _consents = d.pop("consents")
        for consents_item_data in _consents:
            consents_item = ConsentView.from_dict(consents_item_data)

            consents.append(consents_item)

        steps = []
        _steps = d.pop("steps")
        for steps_item_data in _steps:
            steps_item = CaseStep.from_dict(steps_item_data)

            steps.append(steps_item)

        def _parse_appealable_until(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        appealable_until = _parse_appealable_until(d.pop("appealable_until", UNSET))

        def _parse_appealed_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        appealed_at = _parse_appealed_at(d.pop("appealed_at", UNSET))

        def _parse_decision(data: object) -> None | ToldView | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                decision_type_0 = ToldView.from_dict(data)

                return decision_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ToldView | Unset, data)

        decision = _parse_decision(d.pop("decision", UNSET))

        def _parse_due_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        due_at = _parse_due_at(d.pop("due_at", UNSET))

        def _parse_estimate(data: object) -> DecisionEstimate | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                estimate_type_0 = DecisionEstimate.from_dict(data)

                return estimate_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(DecisionEstimate | None | Unset, data)

        estimate = _parse_estimate(d.pop("estimate", UNSET))

        def _parse_language(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        language = _parse_language(d.pop("language", UNSET))

        def _parse_phrase(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        phrase = _parse_phrase(d.pop("phrase", UNSET))

        greeted = cls(
            account=account,
            attempts=attempts,
            created_at=created_at,
            expires_at=expires_at,
            id=id,
            state=state,
            tier=tier,
            consents=consents,
            steps=steps,
            appealable_until=appealable_until,
            appealed_at=appealed_at,
            decision=decision,
            due_at=due_at,
            estimate=estimate,
            language=language,
            phrase=phrase,
        )

        greeted.additional_properties = d
        return greeted

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
