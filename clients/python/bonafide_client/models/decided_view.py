from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="DecidedView")


@_attrs_define
class DecidedView:
    """A decision that was made.

    Attributes:
        at (str): When, RFC 3339.
        codes (list[str]): The codes of its reasons.
        id (str):
        policy (str): SHA-256 of the policy.
        verdict (str): `approve`, `retry`, `review` or `decline`.
        report (Any | Unset): What it was made of: reasons, checks, evidence, claims, and what a reviewer wrote. Not
            there once its time was over, the person was erased, or where another version of this
            program wrote it.
        reviewer (None | str | Unset): The reviewer; without one the engine decided, by policy.
    """

    at: str
    codes: list[str]
    id: str
    policy: str
    verdict: str
    report: Any | Unset = UNSET
    reviewer: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        at = self.at

        codes = self.codes

        id = self.id

        policy = self.policy

        verdict = self.verdict

        report = self.report

        reviewer: None | str | Unset
        if isinstance(self.reviewer, Unset):
            reviewer = UNSET
        else:
            reviewer = self.reviewer

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": at,
                "codes": codes,
                "id": id,
                "policy": policy,
                "verdict": verdict,
            }
        )
        if report is not UNSET:
            field_dict["report"] = report
        if reviewer is not UNSET:
            field_dict["reviewer"] = reviewer

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        at = d.pop("at")

        codes = cast(list[str], d.pop("codes"))

        id = d.pop("id")

        policy = d.pop("policy")

        verdict = d.pop("verdict")

        report = d.pop("report", UNSET)

        def _parse_reviewer(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reviewer = _parse_reviewer(d.pop("reviewer", UNSET))

        decided_view = cls(
            at=at,
            codes=codes,
            id=id,
            policy=policy,
            verdict=verdict,
            report=report,
            reviewer=reviewer,
        )

        decided_view.additional_properties = d
        return decided_view

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
