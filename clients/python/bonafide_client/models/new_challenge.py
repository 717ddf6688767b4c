from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..models.challenge_part import ChallengePart
from ..types import UNSET, Unset

T = TypeVar("T", bound="NewChallenge")


@_attrs_define
class NewChallenge:
    """What a live capture has to do without.

    Example:
        {'without': []}

    Attributes:
        without (list[ChallengePart] | Unset): `movements`, of whoever cannot make them, and `light`, of whoever is made
            ill when it
            changes. With either a person decides.
    """

    without: list[ChallengePart] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        without: list[str] | Unset = UNSET
        if not isinstance(self.without, Unset):
            without = []
            for without_item_data in self.without:
                without_item = without_item_data.value
                without.append(without_item)

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if without is not UNSET:
            field_dict["without"] = without

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        _without = d.pop("without", UNSET)
        without: list[ChallengePart] | Unset = UNSET
        if _without is not UNSET:
            without = []
            for without_item_data in _without:
                without_item = ChallengePart(without_item_data)

                without.append(without_item)

        new_challenge = cls(
            without=without,
        )

        return new_challenge
