from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="AskedConsent")


@_attrs_define
class AskedConsent:
    """A consent that is asked for.

    Attributes:
        kind (str): `face_match`, `face_search` or `cohort`.
        required (bool): Whether the case waits for an answer.
        text_version (str): The version of the text that the pages show.
    """

    kind: str
    required: bool
    text_version: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        kind = self.kind

        required = self.required

        text_version = self.text_version

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "kind": kind,
                "required": required,
                "text_version": text_version,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        kind = d.pop("kind")

        required = d.pop("required")

        text_version = d.pop("text_version")

        asked_consent = cls(
            kind=kind,
            required=required,
            text_version=text_version,
        )

        asked_consent.additional_properties = d
        return asked_consent

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
