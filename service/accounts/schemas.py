"""The bodies of accounts and tokens."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.accounts.store import Scope
from service.wire import LINE, Email, Id, RequestBody, ResponseBody

NewPassword = Annotated[str, Field(min_length=8, max_length=128, description="Compared character by character.")]
GivenPassword = Annotated[str, Field(min_length=1, max_length=128)]


class NewAccount(RequestBody):
    """What it takes to register."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"email": "ada@example.org", "password": "correct horse battery"}]}
    )

    email: Annotated[Email, Field(description="Kept, compared and shown in lower case.")]
    password: NewPassword


class PasswordChange(RequestBody):
    """A new password, and the present one as proof."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"current_password": "correct horse battery", "new_password": "staple of the catalogue"}]
        }
    )

    current_password: GivenPassword
    new_password: NewPassword


class Account(ResponseBody):
    """Somebody the shop knows."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"id": 7, "email": "ada@example.org", "scopes": ["reader"], "created_at": "2026-03-01T09:30:00Z"}
            ]
        }
    )

    id: Id
    email: Email
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=2, description="What a token may be asked for.")]
    created_at: datetime


class SignIn(BaseModel):
    """The form of OAuth2's password flow (RFC 6749, section 4.3); members beyond these are ignored, as it asks."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"grant_type": "password", "username": "ada@example.org", "password": "correct horse battery"}]
        }
    )

    grant_type: Literal["password"]
    username: Annotated[str, Field(min_length=1, max_length=254, pattern=LINE, description="The account's address.")]
    password: GivenPassword
    scope: Annotated[
        str,
        Field(
            max_length=100,
            pattern="^[a-z ]*$",
            description="The wanted scopes, separated by spaces; all that the account has where this is empty. "
            "A scope that it does not have is left out.",
            examples=["reader staff"],
        ),
    ] = ""


class Token(ResponseBody):
    """An access token (RFC 6749, section 5.1)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "access_token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl",
                    "token_type": "bearer",
                    "expires_in": 1800,
                    "scope": "reader",
                }
            ]
        }
    )

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - a kind of token, not one
    expires_in: Annotated[int, Field(ge=1, description="Seconds until the token is worth nothing.")]
    scope: Annotated[str, Field(description="The scopes that were granted, separated by spaces.")]
