from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.hold_view import HoldView
from ...models.new_hold import NewHold
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    account: str,
    *,
    body: NewHold,
    idempotency_key: None | str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/accounts/{account}/holds".format(
            account=quote(str(account), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> HoldView | Problem | None:
    if response.status_code == 201:
        response_201 = HoldView.from_dict(response.json())

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
) -> Response[HoldView | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    account: str,
    *,
    client: AuthenticatedClient | Client,
    body: NewHold,
    idempotency_key: None | str | Unset = UNSET,
) -> Response[HoldView | Problem]:
    """Places a legal hold: while it stands nothing of the account is removed.

    Args:
        account (str):
        idempotency_key (None | str | Unset):
        body (NewHold): A new hold. Example: {'ground': 'a lawsuit'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[HoldView | Problem]
    """

    kwargs = _get_kwargs(
        account=account,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    account: str,
    *,
    client: AuthenticatedClient | Client,
    body: NewHold,
    idempotency_key: None | str | Unset = UNSET,
) -> HoldView | Problem | None:
    """Places a legal hold: while it stands nothing of the account is removed.

    Args:
        account (str):
        idempotency_key (None | str | Unset):
        body (NewHold): A new hold. Example: {'ground': 'a lawsuit'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        HoldView | Problem
    """

    return sync_detailed(
        account=account,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    account: str,
    *,
    client: AuthenticatedClient | Client,
    body: NewHold,
    idempotency_key: None | str | Unset = UNSET,
) -> Response[HoldView | Problem]:
    """Places a legal hold: while it stands nothing of the account is removed.

    Args:
        account (str):
        idempotency_key (None | str | Unset):
        body (NewHold): A new hold. Example: {'ground': 'a lawsuit'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[HoldView | Problem]
    """

    kwargs = _get_kwargs(
        account=account,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    account: str,
    *,
    client: AuthenticatedClient | Client,
    body: NewHold,
    idempotency_key: None | str | Unset = UNSET,
) -> HoldView | Problem | None:
    """Places a legal hold: while it stands nothing of the account is removed.

    Args:
        account (str):
        idempotency_key (None | str | Unset):
        body (NewHold): A new hold. Example: {'ground': 'a lawsuit'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        HoldView | Problem
    """

    return (
        await asyncio_detailed(
            account=account,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
