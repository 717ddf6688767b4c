from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    account: str,
    kind: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/accounts/{account}/consents/{kind}/withdraw".format(
            account=quote(str(account), safe=""),
            kind=quote(str(kind), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | Problem | None:
    if response.status_code == 204:
        response_204 = cast(Any, None)
        return response_204

    if 400 <= response.status_code <= 499:
        response_4xx = Problem.from_dict(response.json())

        return response_4xx

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Any | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    account: str,
    kind: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Any | Problem]:
    """Takes a consent back for its person: `face_match`, `face_search` or `cohort`. With either of the
    first two their faces are removed, on the blocklist too. What was decided stays.

    Args:
        account (str):
        kind (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Problem]
    """

    kwargs = _get_kwargs(
        account=account,
        kind=kind,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    account: str,
    kind: str,
    *,
    client: AuthenticatedClient | Client,
) -> Any | Problem | None:
    """Takes a consent back for its person: `face_match`, `face_search` or `cohort`. With either of the
    first two their faces are removed, on the blocklist too. What was decided stays.

    Args:
        account (str):
        kind (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Problem
    """

    return sync_detailed(
        account=account,
        kind=kind,
        client=client,
    ).parsed


async def asyncio_detailed(
    account: str,
    kind: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Any | Problem]:
    """Takes a consent back for its person: `face_match`, `face_search` or `cohort`. With either of the
    first two their faces are removed, on the blocklist too. What was decided stays.

    Args:
        account (str):
        kind (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Problem]
    """

    kwargs = _get_kwargs(
        account=account,
        kind=kind,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    account: str,
    kind: str,
    *,
    client: AuthenticatedClient | Client,
) -> Any | Problem | None:
    """Takes a consent back for its person: `face_match`, `face_search` or `cohort`. With either of the
    first two their faces are removed, on the blocklist too. What was decided stays.

    Args:
        account (str):
        kind (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Problem
    """

    return (
        await asyncio_detailed(
            account=account,
            kind=kind,
            client=client,
        )
    ).parsed
