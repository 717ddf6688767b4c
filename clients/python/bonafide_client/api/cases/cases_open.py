from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.new_case import NewCase
from ...models.opened_view import OpenedView
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    account: str,
    *,
    body: NewCase,
    idempotency_key: None | str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/accounts/{account}/cases".format(
            account=quote(str(account), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> OpenedView | Problem | None:
    if response.status_code == 201:
        response_201 = OpenedView.from_dict(response.json())

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
) -> Response[OpenedView | Problem]:
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
    body: NewCase,
    idempotency_key: None | str | Unset = UNSET,
) -> Response[OpenedView | Problem]:
    """Opens a case of an account for a tier. The same request again gives the case a new token.

    Args:
        account (str):
        idempotency_key (None | str | Unset):
        body (NewCase): What the case is for. Example: {'tier': 'L2'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[OpenedView | Problem]
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
    body: NewCase,
    idempotency_key: None | str | Unset = UNSET,
) -> OpenedView | Problem | None:
    """Opens a case of an account for a tier. The same request again gives the case a new token.

    Args:
        account (str):
        idempotency_key (None | str | Unset):
        body (NewCase): What the case is for. Example: {'tier': 'L2'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        OpenedView | Problem
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
    body: NewCase,
    idempotency_key: None | str | Unset = UNSET,
) -> Response[OpenedView | Problem]:
    """Opens a case of an account for a tier. The same request again gives the case a new token.

    Args:
        account (str):
        idempotency_key (None | str | Unset):
        body (NewCase): What the case is for. Example: {'tier': 'L2'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[OpenedView | Problem]
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
    body: NewCase,
    idempotency_key: None | str | Unset = UNSET,
) -> OpenedView | Problem | None:
    """Opens a case of an account for a tier. The same request again gives the case a new token.

    Args:
        account (str):
        idempotency_key (None | str | Unset):
        body (NewCase): What the case is for. Example: {'tier': 'L2'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        OpenedView | Problem
    """

    return (
        await asyncio_detailed(
            account=account,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
