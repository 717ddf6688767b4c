from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="ReferralCode")


@_attrs_define
class ReferralCode:
    """The code that somebody was given.

    Example:
        {'code': 'SPRING26'}

    Attributes:
        code (str): As it was given; spaces and hyphens do not count.
    """

    code: str

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "code": code,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        code = d.pop("code")

        referral_code = cls(
            code=code,
        )

        return referral_code
