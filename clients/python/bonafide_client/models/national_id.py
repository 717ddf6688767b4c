from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="NationalId")


@_attrs_define
class NationalId:
    """A national number.

    Attributes:
        country (str): Of which country, three letters.
        number (str): The number.
    """

    country: str
    number: str

    def to_dict(self) -> dict[str, Any]:
        country = self.country

        number = self.number

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "country": country,
                "number": number,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        country = d.pop("country")

        number = d.pop("number")

        national_id = cls(
            country=country,
            number=number,
        )

        return national_id
