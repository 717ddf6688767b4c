from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="NewAppeal")


@_attrs_define
class NewAppeal:
    """What the person says against a refusal.

    Example:
        {'statement': 'I closed that account.'}

    Attributes:
        statement (str): Why the decision is wrong, in at most 4,000 characters.
    """

    statement: str

    def to_dict(self) -> dict[str, Any]:
        statement = self.statement

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "statement": statement,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        statement = d.pop("statement")

        new_appeal = cls(
            statement=statement,
        )

        return new_appeal
