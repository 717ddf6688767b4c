from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.words import Words


T = TypeVar("T", bound="ReasonView")


@_attrs_define
class ReasonView:
    """A reason with what is wrong and what to do, in both languages.

    Attributes:
        code (str): The stable code.
        fix (Words): A sentence in each language that there is.
        step (str): The step that it belongs to.
        what (Words): A sentence in each language that there is.
        field (None | str | Unset): The field it is about.
        measured (Any | Unset): What was measured, and its limit.
        region (list[list[float]] | None | Unset): Where in the picture: a polygon in pixels, origin top left.
        slot (None | str | Unset): The picture it is about.
    """

    code: str
    fix: Words
    step: str
    what: Words
    field: None | str | Unset = UNSET
    measured: Any | Unset = UNSET
    region: list[list[float]] | None | Unset = UNSET
    slot: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        fix = self.fix.to_dict()

        step = self.step

        what = self.what.to_dict()

        field: None | str | Unset
        if isinstance(self.field, Unset):
            field = UNSET
        else:
            field = self.field

        measured = self.measured

        region: list[list[float]] | None | Unset
        if isinstance(self.region, Unset):
            region = UNSET
        elif isinstance(self.region, list):
            region = []
            for region_type_0_item_data in self.region:
                region_type_0_item = region_type_0_item_data

                region.append(region_type_0_item)

        else:
            region = self.region

        slot: None | str | Unset
        if isinstance(self.slot, Unset):
            slot = UNSET
        else:
            slot = self.slot

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": code,
                "fix": fix,
                "step": step,
                "what": what,
            }
        )
        if field is not UNSET:
            field_dict["field"] = field
        if measured is not UNSET:
            field_dict["measured"] = measured
        if region is not UNSET:
            field_dict["region"] = region
        if slot is not UNSET:
            field_dict["slot"] = slot

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.words import Words

        d = dict(src_dict)
        code = d.pop("code")

        fix = Words.from_dict(d.pop("fix"))

        step = d.pop("step")

        what = Words.from_dict(d.pop("what"))

        def _parse_field(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        field = _parse_field(d.pop("field", UNSET))

        measured = d.pop("measured", UNSET)

        def _parse_region(data: object) -> list[list[float]] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                region_type_0 = []
                _region_type_0 = data
                for region_type_0_item_data in _region_type_0:
                    region_type_0_item = cast(list[float], region_type_0_item_data)

                    region_type_0.append(region_type_0_item)

                return region_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[list[float]] | None | Unset, data)

        region = _parse_region(d.pop("region", UNSET))

        def _parse_slot(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        slot = _parse_slot(d.pop("slot", UNSET))

        reason_view = cls(
            code=code,
            fix=fix,
            step=step,
            what=what,
            field=field,
            measured=measured,
            region=region,
            slot=slot,
        )

        reason_view.additional_properties = d
        return reason_view

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
