from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="AcceptsView")


@_attrs_define
class AcceptsView:
    """Which documents are accepted.

    Attributes:
        countries (list[str]): Countries (ICAO 9303-3); none means every one.
        countries_refused (list[str]): Countries that are not accepted all the same.
        document_types (list[str]): Types, such as `passport`.
        two_sided (list[str]): Types of which both sides are needed.
    """

    countries: list[str]
    countries_refused: list[str]
    document_types: list[str]
    two_sided: list[str]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        countries = self.countries

        countries_refused = self.countries_refused

        document_types = self.document_types

        two_sided = self.two_sided

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "countries": countries,
                "countries_refused": countries_refused,
                "document_types": document_types,
                "two_sided": two_sided,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        countries = cast(list[str], d.pop("countries"))

        countries_refused = cast(list[str], d.pop("countries_refused"))

        document_types = cast(list[str], d.pop("document_types"))

        two_sided = cast(list[str], d.pop("two_sided"))

        accepts_view = cls(
            countries=countries,
            countries_refused=countries_refused,
            document_types=document_types,
            two_sided=two_sided,
        )

        accepts_view.additional_properties = d
        return accepts_view

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
