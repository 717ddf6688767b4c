from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.what_type_0 import WhatType0
    from ..models.what_type_1 import WhatType1
    from ..models.what_type_2 import WhatType2
    from ..models.what_type_3 import WhatType3
    from ..models.what_type_4 import WhatType4


T = TypeVar("T", bound="NewEntries")


@_attrs_define
class NewEntries:
    """New entries.

    Example:
        {'what': {'document': {'country': 'UTO', 'type': 'passport', 'number': 'L898902C3'}}, 'ground': 'reported
            stolen'}

    Attributes:
        ground (str): Why, for those who decide later; without the person's data.
        what (WhatType0 | WhatType1 | WhatType2 | WhatType3 | WhatType4): What is put on the list.
        until (None | str | Unset): The last day on which they hold, YYYY-MM-DD; without one they hold until removed.
    """

    ground: str
    what: WhatType0 | WhatType1 | WhatType2 | WhatType3 | WhatType4
    until: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.what_type_0 import WhatType0
        from ..models.what_type_1 import WhatType1
        from ..models.what_type_2 import WhatType2
        from ..models.what_type_3 import WhatType3

        ground = self.ground

        what: dict[str, Any]
        if (
            isinstance(self.what, WhatType0)
            or isinstance(self.what, WhatType1)
            or isinstance(self.what, WhatType2)
            or isinstance(self.what, WhatType3)
        ):
            what = self.what.to_dict()
        else:
            what = self.what.to_dict()

        until: None | str | Unset
        if isinstance(self.until, Unset):
            until = UNSET
        else:
            until = self.until

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "ground": ground,
                "what": what,
            }
        )
        if until is not UNSET:
            field_dict["until"] = until

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.what_type_0 import WhatType0
        from ..models.what_type_1 import WhatType1
        from ..models.what_type_2 import WhatType2
        from ..models.what_type_3 import WhatType3
        from ..models.what_type_4 import WhatType4

        d = dict(src_dict)
        ground = d.pop("ground")

        def _parse_what(
            data: object,
        ) -> WhatType0 | WhatType1 | WhatType2 | WhatType3 | WhatType4:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_what_type_0 = WhatType0.from_dict(data)

                return componentsschemas_what_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_what_type_1 = WhatType1.from_dict(data)

                return componentsschemas_what_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_what_type_2 = WhatType2.from_dict(data)

                return componentsschemas_what_type_2
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_what_type_3 = WhatType3.from_dict(data)

                return componentsschemas_what_type_3
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            componentsschemas_what_type_4 = WhatType4.from_dict(data)

            return componentsschemas_what_type_4

        what = _parse_what(d.pop("what"))

        def _parse_until(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        until = _parse_until(d.pop("until", UNSET))

        new_entries = cls(
            ground=ground,
            what=what,
            until=until,
        )

        return new_entries
