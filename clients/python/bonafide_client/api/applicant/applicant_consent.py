from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.agreement import Agreement
from ...models.problem import Problem
from ...models.whole import Whole
from ...types import Response


def _get_kwargs(
    kind: str,
    *,
    body: Agreement,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/applicant/consents/{kind}".format(
            kind=quote(str(kind), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | Whole | None:
    if response.status_code == 200:
        response_200 = Whole.from_dict(response.json())

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
) -> Response[Problem | Whole]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    kind: str,
    *,
    client: AuthenticatedClient | Client,
    body: Agreement,
) -> Response[Problem | Whole]:
    """Agrees or declines: `face_match`, `face_search` or `cohort`; declining leads to a person.
    `own_behalf` declares that the account is for oneself only.

    Args:
        kind (str):
        body (Agreement): An answer to a consent. Example: {'text_version': '1', 'agreed': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Whole]
    """

    kwargs = _get_kwargs(
        kind=kind,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    kind: str,
    *,
    client: AuthenticatedClient | Client,
    body: Agreement,
) -> Problem | Whole | None:
    """Agrees or declines: `face_match`, `face_search` or `cohort`; declining leads to a person.
    `own_behalf` declares that the account is for oneself only.

    Args:
        kind (str):
        body (Agreement): An answer to a consent. Example: {'text_version': '1', 'agreed': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Whole
    """

    return sync_detailed(
        kind=kind,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    kind: str,
    *,
    client: AuthenticatedClient | Client,
    body: Agreement,
) -> Response[Problem | Whole]:
    """Agrees or declines: `face_match`, `face_search` or `cohort`; declining leads to a person.
    `own_behalf` declares that the account is for oneself only.

    Args:
        kind (str):
        body (Agreement): An answer to a consent. Example: {'text_version': '1', 'agreed': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Whole]
    """

    kwargs = _get_kwargs(
        kind=kind,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    kind: str,
    *,
    client: AuthenticatedClient | Client,
    body: Agreement,
) -> Problem | Whole | None:
    """Agrees or declines: `face_match`, `face_search` or `cohort`; declining leads to a person.
    `own_behalf` declares that the account is for oneself only.

    Args:
        kind (str):
        body (Agreement): An answer to a consent. Example: {'text_version': '1', 'agreed': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Whole
    """

    return (
        await asyncio_detailed(
            kind=kind,
            client=client,
            body=body,
        )
    ).parsed
