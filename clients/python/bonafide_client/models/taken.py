from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.reason_view import ReasonView


T = TypeVar("T", bound="Taken")


@_attrs_define
class Taken:
    """An upload that was taken.

    Attributes:
        digest (str): SHA-256 of what came in.
        faults (list[ReasonView]): What is wrong with it: it is kept, and better taken again.
        id (str): Its id.
    """

    digest: str
    faults: list[ReasonView]
    id: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        digest = self.digest

        faults = []
        for faults_item_data in self.faults:
            faults_item = faults_item_data.to_dict()
            faults.append(faults_item)

        id = self.id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "digest": digest,
                "faults": faults,
                "id": id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.reason_view import ReasonView

        d = dict(src_dict)
        digest = d.pop("digest")

        faults = []
        _faults = d.pop("faults")
        for faults_item_data in _faults:
            faults_item = ReasonView.from_dict(faults_item_data)

            faults.append(faults_item)

        id = d.pop("id")

        taken = cls(
            digest=digest,
            faults=faults,
            id=id,
        )

        taken.additional_properties = d
        return taken

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
