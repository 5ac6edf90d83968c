"""The operations on accounts, and signing in."""

from typing import Annotated

from fastapi import APIRouter, Form, Response

from service import problem
from service.accounts import service, tokens
from service.accounts.dependencies import ReaderDep
from service.accounts.schemas import Account, NewAccount, PasswordChange, SignIn, Token
from service.dependencies import CacheDep, PasswordsDep, SessionDep, SettingsDep

router = APIRouter(tags=["accounts"])

_NO_STORE = {"Cache-Control": {"description": "Never kept.", "required": True, "schema": {"const": "no-store"}}}


@router.post(
    "/accounts",
    status_code=201,
    summary="Register",
    response_description="The new account.",
    responses=problem.responses(400, 409, 413, 422),
)
async def register_account(new: NewAccount, session: SessionDep, passwords: PasswordsDep) -> Account:
    """Open an account. Answers 409 where the e-mail address, in whatever case, has one already."""
    return Account.model_validate(await service.register(session, passwords, new, is_staff=False))


@router.post(
    "/token",
    summary="Sign in",
    response_description="An access token.",
    responses={200: {"headers": _NO_STORE}, **problem.responses(400, 401, 413, 422, 429)},
)
async def sign_in(
    form: Annotated[SignIn, Form()],
    session: SessionDep,
    passwords: PasswordsDep,
    cache: CacheDep,
    settings: SettingsDep,
    response: Response,
) -> Token:
    """Exchange an e-mail address and a password for an access token (OAuth2, password flow).

    Answers 429 after too many wrong passwords for one address within a minute.
    """
    grant = await service.sign_in(session, passwords, cache, settings, form)
    response.headers["Cache-Control"] = "no-store"
    return Token(
        access_token=tokens.issue(grant, settings),
        expires_in=settings.token_lifetime_s,
        scope=" ".join(sorted(grant.scopes)),
    )


@router.get(
    "/accounts/me",
    summary="Read one's own account",
    response_description="The account that is signed in.",
    responses=problem.responses(401, 403),
)
async def read_account(account: ReaderDep) -> Account:
    """Show the account that is signed in."""
    return Account.model_validate(account)


@router.put(
    "/accounts/me/password",
    status_code=204,
    summary="Change one's password",
    response_description="The password is changed.",
    responses=problem.responses(400, 401, 403, 413, 422),
)
async def change_password(
    account: ReaderDep, change: PasswordChange, session: SessionDep, passwords: PasswordsDep
) -> None:
    """Replace the password. Answers 403 where the current one is wrong. Tokens stay good until they expire."""
    await service.change_password(session, passwords, account, change)


@router.delete(
    "/accounts/me",
    status_code=204,
    summary="Close one's account",
    response_description="The account is closed.",
    responses=problem.responses(401, 403),
)
async def close_account(account: ReaderDep, session: SessionDep) -> None:
    """Close the account that is signed in. From now on its tokens answer 401, and its address may register anew."""
    await service.close(session, account)
