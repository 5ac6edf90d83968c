"""Who is signed in: `account: ReaderDep`, or `dependencies=[STAFF_ONLY]` where only the right matters."""

from typing import Annotated

from fastapi import Depends, HTTPException, Security
from fastapi.security import OAuth2PasswordBearer, SecurityScopes

from service.accounts import store, tokens
from service.accounts.store import AccountRow, Scope
from service.dependencies import SessionDep, SettingsDep
from service.problem import CHALLENGES

_bearer = OAuth2PasswordBearer(
    tokenUrl="token",
    scopes={Scope.READER: "Use one's own account and place orders.", Scope.STAFF: "Change the catalogue."},
    description="Sign in with an e-mail address and a password.",
)
_REFUSED = {"WWW-Authenticate": CHALLENGES[1]}


async def signed_in(
    needed: SecurityScopes, token: Annotated[str, Depends(_bearer)], session: SessionDep, settings: SettingsDep
) -> AccountRow:
    """Return the token's account; a right counts only while the account still has it."""
    try:
        grant = tokens.read(token, settings)
    except tokens.TokenError as error:
        raise HTTPException(401, "The access token is not valid.", _REFUSED) from error
    account = await store.find_open(session, grant.account_id)
    if account is None:
        raise HTTPException(401, "The account of this access token is closed.", _REFUSED)
    if not set(needed.scopes) <= grant.scopes & set(account.scopes):
        raise HTTPException(403, f"This needs the scope {needed.scope_str}.")
    return account


ReaderDep = Annotated[AccountRow, Security(signed_in, scopes=[Scope.READER])]
STAFF_ONLY = Security(signed_in, scopes=[Scope.STAFF])
