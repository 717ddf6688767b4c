from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.answer import Answer
from ...models.authorization import Authorization
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    account: str,
    *,
    body: Authorization,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/accounts/{account}/authorize".format(
            account=quote(str(account), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Answer | Problem | None:
    if response.status_code == 200:
        response_200 = Answer.from_dict(response.json())

        return response_200

    if 400 <= response.status_code <= 499:
        response_4xx = Problem.from_dict(response.json())

        return response_4xx

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Answer | Problem]:
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
    body: Authorization,
) -> Response[Answer | Problem]:
    """Says yes or no to an amount, and reserves it. A no is an answer (200), not an error.

    Args:
        account (str):
        body (Authorization): An amount that an account wants to use. Example: {'feature':
            'withdraw', 'currency': 'USDT', 'amount': '250', 'reference': 'order-17'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Answer | Problem]
    """

    kwargs = _get_kwargs(
        account=account,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    account: str,
    *,
    client: AuthenticatedClient | Client,
    body: Authorization,
) -> Answer | Problem | None:
    """Says yes or no to an amount, and reserves it. A no is an answer (200), not an error.

    Args:
        account (str):
        body (Authorization): An amount that an account wants to use. Example: {'feature':
            'withdraw', 'currency': 'USDT', 'amount': '250', 'reference': 'order-17'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Answer | Problem
    """

    return sync_detailed(
        account=account,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    account: str,
    *,
    client: AuthenticatedClient | Client,
    body: Authorization,
) -> Response[Answer | Problem]:
    """Says yes or no to an amount, and reserves it. A no is an answer (200), not an error.

    Args:
        account (str):
        body (Authorization): An amount that an account wants to use. Example: {'feature':
            'withdraw', 'currency': 'USDT', 'amount': '250', 'reference': 'order-17'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Answer | Problem]
    """

    kwargs = _get_kwargs(
        account=account,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    account: str,
    *,
    client: AuthenticatedClient | Client,
    body: Authorization,
) -> Answer | Problem | None:
    """Says yes or no to an amount, and reserves it. A no is an answer (200), not an error.

    Args:
        account (str):
        body (Authorization): An amount that an account wants to use. Example: {'feature':
            'withdraw', 'currency': 'USDT', 'amount': '250', 'reference': 'order-17'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Answer | Problem
    """

    return (
        await asyncio_detailed(
            account=account,
            client=client,
            body=body,
        )
    ).parsed
