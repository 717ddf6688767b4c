from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.reservation_view import ReservationView
from ...types import Response


def _get_kwargs(
    account: str,
    reservation: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/accounts/{account}/reservations/{reservation}/release".format(
            account=quote(str(account), safe=""),
            reservation=quote(str(reservation), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | ReservationView | None:
    if response.status_code == 200:
        response_200 = ReservationView.from_dict(response.json())

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
) -> Response[Problem | ReservationView]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    account: str,
    reservation: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Problem | ReservationView]:
    """Gives a reservation back to the limit.

    Args:
        account (str):
        reservation (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ReservationView]
    """

    kwargs = _get_kwargs(
        account=account,
        reservation=reservation,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    account: str,
    reservation: str,
    *,
    client: AuthenticatedClient | Client,
) -> Problem | ReservationView | None:
    """Gives a reservation back to the limit.

    Args:
        account (str):
        reservation (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | ReservationView
    """

    return sync_detailed(
        account=account,
        reservation=reservation,
        client=client,
    ).parsed


async def asyncio_detailed(
    account: str,
    reservation: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Problem | ReservationView]:
    """Gives a reservation back to the limit.

    Args:
        account (str):
        reservation (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ReservationView]
    """

    kwargs = _get_kwargs(
        account=account,
        reservation=reservation,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    account: str,
    reservation: str,
    *,
    client: AuthenticatedClient | Client,
) -> Problem | ReservationView | None:
    """Gives a reservation back to the limit.

    Args:
        account (str):
        reservation (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | ReservationView
    """

    return (
        await asyncio_detailed(
            account=account,
            reservation=reservation,
            client=client,
        )
    ).parsed
