from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="Document")


@_attrs_define
class Document:
    """A document.

    Attributes:
        country (str): Who issued it, three letters as in a machine-readable zone.
        number (str): Its number; of a card that has only the person's number, that.
        type_ (str): `passport`, `id_card` and so on.
    """

    country: str
    number: str
    type_: str

    def to_dict(self) -> dict[str, Any]:
        country = self.country

        number = self.number

        type_ = self.type_

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "country": country,
                "number": number,
                "type": type_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        country = d.pop("country")

        number = d.pop("number")

        type_ = d.pop("type")

        document = cls(
            country=country,
            number=number,
            type_=type_,
        )

        return document
