from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.entry import Entry
from ...models.new_entries import NewEntries
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: NewEntries,
    idempotency_key: None | str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/blocklist",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | list[Entry] | None:
    if response.status_code == 201:
        response_201 = []
        _response_201 = response.json()
        for response_201_item_data in _response_201:
            response_201_item = Entry.from_dict(response_201_item_data)

            response_201.append(response_201_item)

        return response_201

    if 400 <= response.status_code <= 499:
        response_4xx = Problem.from_dict(response.json())

        return response_4xx

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | list[Entry]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: NewEntries,
    idempotency_key: None | str | Unset = UNSET,
) -> Response[Problem | list[Entry]]:
    """Puts a document, a national number, a device or what a decided case shows on the list. Whoever meets
    an entry is seen by a person.

    Args:
        idempotency_key (None | str | Unset):
        body (NewEntries): New entries. Example: {'what': {'document': {'country': 'UTO', 'type':
            'passport', 'number': 'L898902C3'}}, 'ground': 'reported stolen'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[Entry]]
    """

    kwargs = _get_kwargs(
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: NewEntries,
    idempotency_key: None | str | Unset = UNSET,
) -> Problem | list[Entry] | None:
    """Puts a document, a national number, a device or what a decided case shows on the list. Whoever meets
    an entry is seen by a person.

    Args:
        idempotency_key (None | str | Unset):
        body (NewEntries): New entries. Example: {'what': {'document': {'country': 'UTO', 'type':
            'passport', 'number': 'L898902C3'}}, 'ground': 'reported stolen'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | list[Entry]
    """

    return sync_detailed(
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: NewEntries,
    idempotency_key: None | str | Unset = UNSET,
) -> Response[Problem | list[Entry]]:
    """Puts a document, a national number, a device or what a decided case shows on the list. Whoever meets
    an entry is seen by a person.

    Args:
        idempotency_key (None | str | Unset):
        body (NewEntries): New entries. Example: {'what': {'document': {'country': 'UTO', 'type':
            'passport', 'number': 'L898902C3'}}, 'ground': 'reported stolen'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[Entry]]
    """

    kwargs = _get_kwargs(
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: NewEntries,
    idempotency_key: None | str | Unset = UNSET,
) -> Problem | list[Entry] | None:
    """Puts a document, a national number, a device or what a decided case shows on the list. Whoever meets
    an entry is seen by a person.

    Args:
        idempotency_key (None | str | Unset):
        body (NewEntries): New entries. Example: {'what': {'document': {'country': 'UTO', 'type':
            'passport', 'number': 'L898902C3'}}, 'ground': 'reported stolen'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | list[Entry]
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
