from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="Agreement")


@_attrs_define
class Agreement:
    """An answer to a consent.

    Example:
        {'text_version': '1', 'agreed': True}

    Attributes:
        agreed (bool): Whether the person agreed.
        text_version (str): The version of the text that was shown.
    """

    agreed: bool
    text_version: str

    def to_dict(self) -> dict[str, Any]:
        agreed = self.agreed

        text_version = self.text_version

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "agreed": agreed,
                "text_version": text_version,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        agreed = d.pop("agreed")

        text_version = d.pop("text_version")

        agreement = cls(
            agreed=agreed,
            text_version=text_version,
        )

        return agreement
