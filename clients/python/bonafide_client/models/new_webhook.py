from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="NewWebhook")


@_attrs_define
class NewWebhook:
    """A new web hook.

    Example:
        {'url': 'https://ledger.example/hook', 'kinds': ['case.approved']}

    Attributes:
        url (str): Where events are posted to: `https://host/path`.
        description (str | Unset): For your own records.
        kinds (list[str] | Unset): The kinds of events to be told of; left out or empty: all.
    """

    url: str
    description: str | Unset = UNSET
    kinds: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        url = self.url

        description = self.description

        kinds: list[str] | Unset = UNSET
        if not isinstance(self.kinds, Unset):
            kinds = self.kinds

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "url": url,
            }
        )
        if description is not UNSET:
            field_dict["description"] = description
        if kinds is not UNSET:
            field_dict["kinds"] = kinds

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        url = d.pop("url")

        description = d.pop("description", UNSET)

        kinds = cast(list[str], d.pop("kinds", UNSET))

        new_webhook = cls(
            url=url,
            description=description,
            kinds=kinds,
        )

        return new_webhook
