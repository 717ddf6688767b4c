from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..models.verdict import Verdict
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.because import Because


T = TypeVar("T", bound="NewRuling")


@_attrs_define
class NewRuling:
    """What a reviewer says.

    Example:
        {'verdict': 'decline', 'reasons': [{'code': 'DATA_MISMATCH'}]}

    Attributes:
        verdict (Verdict): Which way.
        closes (None | str | Unset): With `approve`: another account that the report names, which is this person's too.
            It is
            closed, and its documents are this account's from then on.
        note (str | Unset): For your own records.
        others_are_strangers (bool | Unset): With `approve`: every other account that the report names by the same
            document or number is
            another person's, and stays as it is.
        reasons (list[Because] | Unset): Why, of the reason codes; for `again` each with the picture to take again. At
            least one has
            to be one that the applicant is told.
        recovers (None | str | Unset): With `decline`: another account that the report names, with which this person
            goes on. The
            account of the case is closed, which must not have been approved by documents of its own, and
            the applicant is told `EARLIER_ACCOUNT`; `reasons` are left out.
        valid_until (None | str | Unset): With `approve`: the last day on which the document holds (YYYY-MM-DD), or
            `unlimited`. It
            has to be there where no expiry date was read.
    """

    verdict: Verdict
    closes: None | str | Unset = UNSET
    note: str | Unset = UNSET
    others_are_strangers: bool | Unset = UNSET
    reasons: list[Because] | Unset = UNSET
    recovers: None | str | Unset = UNSET
    valid_until: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        verdict = self.verdict.value

        closes: None | str | Unset
        if isinstance(self.closes, Unset):
            closes = UNSET
        else:
            closes = self.closes

        note = self.note

        others_are_strangers = self.others_are_strangers

        reasons: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.reasons, Unset):
            reasons = []
            for reasons_item_data in self.reasons:
                reasons_item = reasons_item_data.to_dict()
                reasons.append(reasons_item)

        recovers: None | str | Unset
        if isinstance(self.recovers, Unset):
            recovers = UNSET
        else:
            recovers = self.recovers

        valid_until: None | str | Unset
        if isinstance(self.valid_until, Unset):
            valid_until = UNSET
        else:
            valid_until = self.valid_until

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "verdict": verdict,
            }
        )
        if closes is not UNSET:
            field_dict["closes"] = closes
        if note is not UNSET:
            field_dict["note"] = note
        if others_are_strangers is not UNSET:
            field_dict["others_are_strangers"] = others_are_strangers
        if reasons is not UNSET:
            field_dict["reasons"] = reasons
        if recovers is not UNSET:
            field_dict["recovers"] = recovers
        if valid_until is not UNSET:
            field_dict["valid_until"] = valid_until

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.because import Because

        d = dict(src_dict)
        verdict = Verdict(d.pop("verdict"))

        def _parse_closes(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        closes = _parse_closes(d.pop("closes", UNSET))

        note = d.pop("note", UNSET)

        others_are_strangers = d.pop("others_are_strangers", UNSET)

        _reasons = d.pop("reasons", UNSET)
        reasons: list[Because] | Unset = UNSET
        if _reasons is not UNSET:
            reasons = []
            for reasons_item_data in _reasons:
                reasons_item = Because.from_dict(reasons_item_data)

                reasons.append(reasons_item)

        def _parse_recovers(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        recovers = _parse_recovers(d.pop("recovers", UNSET))

        def _parse_valid_until(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        valid_until = _parse_valid_until(d.pop("valid_until", UNSET))

        new_ruling = cls(
            verdict=verdict,
            closes=closes,
            note=note,
            others_are_strangers=others_are_strangers,
            reasons=reasons,
            recovers=recovers,
            valid_until=valid_until,
        )

        return new_ruling
