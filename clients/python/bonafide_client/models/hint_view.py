from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.reason_view import ReasonView


T = TypeVar("T", bound="HintView")


@_attrs_define
class HintView:
    """What to mend before the picture is taken.

    Attributes:
        hint (None | ReasonView | Unset):
        outline (list[list[float]] | None | Unset): Where the document lies: four corners in pixels of the frame.
    """

    hint: None | ReasonView | Unset = UNSET
    outline: list[list[float]] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.reason_view import ReasonView

        hint: dict[str, Any] | None | Unset
        if isinstance(self.hint, Unset):
            hint = UNSET
        elif isinstance(self.hint, ReasonView):
            hint = self.hint.to_dict()
        else:
            hint = self.hint

        outline: list[list[float]] | None | Unset
        if isinstance(self.outline, Unset):
            outline = UNSET
        elif isinstance(self.outline, list):
            outline = []
            for outline_type_0_item_data in self.outline:
                outline_type_0_item = outline_type_0_item_data

                outline.append(outline_type_0_item)

        else:
            outline = self.outline

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if hint is not UNSET:
            field_dict["hint"] = hint
        if outline is not UNSET:
            field_dict["outline"] = outline

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.reason_view import ReasonView

        d = dict(src_dict)

        def _parse_hint(data: object) -> None | ReasonView | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                hint_type_0 = ReasonView.from_dict(data)

                return hint_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ReasonView | Unset, data)

        hint = _parse_hint(d.pop("hint", UNSET))

        def _parse_outline(data: object) -> list[list[float]] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                outline_type_0 = []
                _outline_type_0 = data
                for outline_type_0_item_data in _outline_type_0:
                    outline_type_0_item = cast(list[float], outline_type_0_item_data)

                    outline_type_0.append(outline_type_0_item)

                return outline_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[list[float]] | None | Unset, data)

        outline = _parse_outline(d.pop("outline", UNSET))

        hint_view = cls(
            hint=hint,
            outline=outline,
        )

        hint_view.additional_properties = d
        return hint_view

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
