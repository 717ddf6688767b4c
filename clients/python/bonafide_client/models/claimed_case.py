from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.appeal_view import AppealView
    from ..models.message_view import MessageView


T = TypeVar("T", bound="ClaimedCase")


@_attrs_define
class ClaimedCase:
    """A case that you took.

    Attributes:
        appeal (AppealView | None | Unset):
        messages (list[MessageView] | Unset): What else the person wrote, the oldest first.
    """

    appeal: AppealView | None | Unset = UNSET
    messages: list[MessageView] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.appeal_view import AppealView

        appeal: dict[str, Any] | None | Unset
        if isinstance(self.appeal, Unset):
            appeal = UNSET
        elif isinstance(self.appeal, AppealView):
            appeal = self.appeal.to_dict()
        else:
            appeal = self.appeal

        messages: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.messages, Unset):
            messages = []
            for messages_item_data in self.messages:
                messages_item = messages_item_data.to_dict()
                messages.append(messages_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if appeal is not UNSET:
            field_dict["appeal"] = appeal
        if messages is not UNSET:
            field_dict["messages"] = messages

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.appeal_view import AppealView
        from ..models.message_view import MessageView

        d = dict(src_dict)

        def _parse_appeal(data: object) -> AppealView | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                appeal_type_0 = AppealView.from_dict(data)

                return appeal_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AppealView | None | Unset, data)

        appeal = _parse_appeal(d.pop("appeal", UNSET))

        _messages = d.pop("messages", UNSET)
        messages: list[MessageView] | Unset = UNSET
        if _messages is not UNSET:
            messages = []
            for messages_item_data in _messages:
                messages_item = MessageView.from_dict(messages_item_data)

                messages.append(messages_item)

        claimed_case = cls(
            appeal=appeal,
            messages=messages,
        )

        claimed_case.additional_properties = d
        return claimed_case

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
