from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.taken import Taken
from ...types import File, Response


def _get_kwargs(
    place: str,
    *,
    body: File,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/applicant/uploads/{place}".format(
            place=quote(str(place), safe=""),
        ),
    }

    _kwargs["content"] = body.payload
    headers["Content-Type"] = "application/octet-stream"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | Taken | None:
    if response.status_code == 200:
        response_200 = Taken.from_dict(response.json())

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
) -> Response[Problem | Taken]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    place: str,
    *,
    client: AuthenticatedClient | Client,
    body: File,
) -> Response[Problem | Taken]:
    """Uploads a picture (`front`, `back`, `held`, `selfie`, `address`) or the live capture (`capture`, a
    ZIP
    of JPEGs named by milliseconds) as the body. The last of each place counts.

    Args:
        place (str):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Taken]
    """

    kwargs = _get_kwargs(
        place=place,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    place: str,
    *,
    client: AuthenticatedClient | Client,
    body: File,
) -> Problem | Taken | None:
    """Uploads a picture (`front`, `back`, `held`, `selfie`, `address`) or the live capture (`capture`, a
    ZIP
    of JPEGs named by milliseconds) as the body. The last of each place counts.

    Args:
        place (str):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Taken
    """

    return sync_detailed(
        place=place,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    place: str,
    *,
    client: AuthenticatedClient | Client,
    body: File,
) -> Response[Problem | Taken]:
    """Uploads a picture (`front`, `back`, `held`, `selfie`, `address`) or the live capture (`capture`, a
    ZIP
    of JPEGs named by milliseconds) as the body. The last of each place counts.

    Args:
        place (str):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Taken]
    """

    kwargs = _get_kwargs(
        place=place,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    place: str,
    *,
    client: AuthenticatedClient | Client,
    body: File,
) -> Problem | Taken | None:
    """Uploads a picture (`front`, `back`, `held`, `selfie`, `address`) or the live capture (`capture`, a
    ZIP
    of JPEGs named by milliseconds) as the body. The last of each place counts.

    Args:
        place (str):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Taken
    """

    return (
        await asyncio_detailed(
            place=place,
            client=client,
            body=body,
        )
    ).parsed
