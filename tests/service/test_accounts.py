"""Accounts: who is let in, what a token lets them do, and what remains of a closed account."""

import threading
import time
from datetime import UTC, datetime

import jwt
import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from tests.service.shop import PASSWORD, Judge, Shop, changed, new_shop

ADA = {"email": "Ada@Example.org", "password": PASSWORD}


def test_an_address_is_kept_in_lower_case_and_is_free_once(shop: Shop) -> None:
    first = shop.client.post("/accounts", json=ADA).json()
    assert (first["email"], first["scopes"]) == ("ada@example.org", ["reader"])
    again = shop.client.post("/accounts", json={**ADA, "email": "aDA@example.org"})
    assert again.status_code == 409
    assert again.json() == {
        "type": "about:blank",
        "title": "Conflict",
        "status": 409,
        "detail": "An account with this e-mail address exists.",
        "errors": [],
    }


def test_a_password_may_hold_any_character(shop: Shop) -> None:
    account = {"email": "ada@example.org", "password": "\0 ñ 😀 +&=%"}
    assert shop.client.post("/accounts", json=account).status_code == 201
    form = {"grant_type": "password", "username": "ADA@example.org", "password": account["password"]}
    assert shop.client.post("/token", data=form).status_code == 200


SCOPES = {
    "nothing asked, all granted": ("", "reader staff"),
    "one asked, one granted": ("staff", "staff"),
    "both asked": ("staff reader", "reader staff"),
    "an unknown one is left out": ("reader owner", "reader"),
    "only an unknown one": ("owner", ""),
}


@pytest.mark.parametrize(("asked", "granted"), SCOPES.values(), ids=SCOPES)
def test_scopes_of_the_staff(shop: Shop, asked: str, granted: str) -> None:
    form = {"grant_type": "password", "username": "staff@example.org", "password": PASSWORD, "scope": asked}
    token = shop.client.post("/token", data=form)
    assert (token.json()["scope"], token.json()["expires_in"]) == (granted, 1800)


def test_a_reader_is_not_granted_the_scope_of_the_staff(shop: Shop) -> None:
    shop.client.post("/accounts", json=ADA)
    form = {"grant_type": "password", "username": "ada@example.org", "password": PASSWORD, "scope": "staff"}
    token = shop.client.post("/token", data=form).json()
    assert token["scope"] == ""
    refused = shop.client.post(
        "/books", json=shop.facts(), headers={"Authorization": f"Bearer {token['access_token']}"}
    )
    assert (refused.status_code, refused.json()["detail"]) == (403, "This needs the scope staff.")


CREDENTIALS = {"unknown address": ("nobody@example.org", PASSWORD), "wrong password": ("staff@example.org", "wrong")}


@pytest.mark.parametrize(("username", "password"), CREDENTIALS.values(), ids=CREDENTIALS)
def test_wrong_credentials_are_all_alike(shop: Shop, username: str, password: str) -> None:
    refused = shop.client.post("/token", data={"grant_type": "password", "username": username, "password": password})
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert refused.json()["detail"] == "Wrong e-mail address or password."


def _signed(settings: Settings, **claims: object) -> str:
    return jwt.encode({"sub": "1", "scope": "reader", **claims}, settings.secret_key.get_secret_value(), "HS256")


def test_a_token_that_is_not_good(shop: Shop, settings: Settings) -> None:
    good = {"exp": datetime(2100, 1, 1, tzinfo=UTC)}
    tokens = {
        "good": (_signed(settings, **good), 200),
        "over": (_signed(settings, exp=datetime(2020, 1, 1, tzinfo=UTC)), 401),
        "of nobody": (_signed(settings, **good, sub="99"), 401),
        "signed by another": (jwt.encode({"sub": "1", "scope": "reader", **good}, "k" * 32, "HS256"), 401),
        "unsigned": (jwt.encode({"sub": "1", "scope": "reader", **good}, "", "none"), 401),
        "no token at all": ("é", 401),
    }
    for label, (token, status) in tokens.items():
        response = shop.client.get("/accounts/me", headers={b"Authorization": f"Bearer {token}".encode("latin-1")})
        assert (label, response.status_code) == (label, status)
        if status == 401:
            assert response.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_another_way_to_authenticate_is_no_token(shop: Shop) -> None:
    response = shop.client.get("/accounts/me", headers={"Authorization": "Basic c3RhZmY6cGFzc3dvcmQ="})
    assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_scope_counts_only_while_the_account_has_it(shop: Shop, settings: Settings) -> None:
    shop.client.post("/accounts", json=ADA)
    token = _signed(settings, sub="2", scope="reader staff", exp=datetime(2100, 1, 1, tzinfo=UTC))
    refused = shop.client.post("/books", json=shop.facts(), headers={"Authorization": f"Bearer {token}"})
    assert refused.status_code == 403


def test_changing_the_password(shop: Shop) -> None:
    change = {"current_password": "wrong", "new_password": "a better one"}
    refused = shop.client.put("/accounts/me/password", json=change, headers=shop.staff)
    assert (refused.status_code, refused.json()["detail"]) == (403, "The current password is wrong.")
    change["current_password"] = PASSWORD
    assert shop.client.put("/accounts/me/password", json=change, headers=shop.staff).status_code == 204
    form = {"grant_type": "password", "username": "staff@example.org", "password": "a better one"}
    assert shop.client.post("/token", data=form).status_code == 200
    assert shop.client.post("/token", data={**form, "password": PASSWORD}).status_code == 401


def test_a_closed_account_lets_nobody_in_and_frees_its_address(shop: Shop) -> None:
    shop.client.post("/accounts", json=ADA)
    ada = shop.sign_in("ada@example.org")
    assert shop.client.delete("/accounts/me", headers=ada).status_code == 204
    assert shop.client.get("/accounts/me", headers=ada).status_code == 401
    form = {"grant_type": "password", "username": "ada@example.org", "password": PASSWORD}
    assert shop.client.post("/token", data=form).status_code == 401
    assert shop.client.post("/accounts", json=ADA).status_code == 201


def test_passwords_are_hashed_beside_the_event_loop(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = shop.client.portal
    assert loop is not None
    used = [loop.call(threading.get_ident)]

    class Watched(PasswordHasher):
        def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
            used.append(threading.get_ident())
            return super().hash(password, salt=salt)

    monkeypatch.setattr(shop.app.state.parts.passwords, "_hasher", Watched(1, 8, 1))
    assert shop.client.post("/accounts", json=ADA).status_code == 201
    assert len(set(used)) == 2


def test_the_staff_account_is_made_once(settings: Settings) -> None:
    for _ in range(2):
        with TestClient(create_app(settings)) as client:
            form = {"grant_type": "password", "username": "staff@example.org", "password": PASSWORD}
            token = client.post("/token", data=form).json()["access_token"]
            account = client.get("/accounts/me", headers={"Authorization": f"Bearer {token}"}).json()
            assert (account["id"], account["scopes"]) == (1, ["reader", "staff"])


def test_too_many_wrong_passwords_and_an_address_has_to_wait(shop: Shop, settings: Settings) -> None:
    form = {"grant_type": "password", "username": "Staff@example.org", "password": "wrong"}
    for _ in range(settings.sign_in_attempts):
        assert shop.client.post("/token", data=form).status_code == 401
    for password in ("wrong", PASSWORD):
        waiting = shop.client.post("/token", data={**form, "password": password, "username": "sTAFF@example.org"})
        assert waiting.status_code == 429
        assert 0 < int(waiting.headers["Retry-After"]) <= settings.sign_in_window_s
    assert shop.client.post("/token", data={**form, "username": "other@example.org"}).status_code == 401


def test_a_right_password_forgets_the_wrong_ones(shop: Shop, settings: Settings) -> None:
    form = {"grant_type": "password", "username": "staff@example.org"}
    for _ in range(3):
        for _ in range(settings.sign_in_attempts - 1):
            assert shop.client.post("/token", data={**form, "password": "wrong"}).status_code == 401
        assert shop.client.post("/token", data={**form, "password": PASSWORD}).status_code == 200


def test_the_wait_ends(settings: Settings, judge: Judge) -> None:
    with new_shop(changed(settings, sign_in_attempts=1, sign_in_window_s=1), judge) as shop:
        form = {"grant_type": "password", "username": "staff@example.org", "password": "wrong"}
        assert [shop.client.post("/token", data=form).status_code for _ in range(2)] == [401, 429]
        time.sleep(1.1)
        assert shop.client.post("/token", data={**form, "password": PASSWORD}).status_code == 200
