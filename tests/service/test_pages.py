"""`/docs` and `/redoc` in a real browser that reaches nothing but the shop: read, signed in, tried."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from tests.programs import program
from tests.service.process import STAFF, Served, served

pytestmark = pytest.mark.slow

SCREENSHOT = os.environ.get("BOOKSHOP_SCREENSHOT")
"""Where to keep the picture of the page that docs/service.md shows; nowhere where it is not set."""

LOGO = "https://cdn.redoc.ly/redoc/logo-mini.svg"
"""Redoc's own, in a corner of its page; the shop's content security policy keeps the browser from asking for it."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = program("chromium", "chromium-browser")
    with sync_playwright() as playwright:
        # CI is root in a container, where Chromium has no sandbox of its own; it opens nothing but the shop.
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        expect.set_options(timeout=30_000)  # a script of a megabyte on a busy machine
        yield opened
        opened.close()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path, {}) as running:
        yield running


@pytest.fixture
def page(browser: Browser, shop: Served) -> Iterator[Page]:
    """A page that must ask nobody else, and on which no script may fail."""
    complaints = list[str]()

    def complain(text: str) -> None:
        if LOGO not in text:
            complaints.append(text)

    def only_the_shop(route: Route) -> None:
        if route.request.url.startswith((f"{shop.address}/", "data:", "blob:")):
            route.continue_()
        else:
            complain(f"asked for {route.request.url}")
            route.abort()

    with browser.new_context(base_url=shop.address, viewport={"width": 1100, "height": 900}) as context:
        context.route("**/*", only_the_shop)
        opened = context.new_page()
        opened.on("pageerror", lambda error: complain(f"{error}"))
        opened.on("console", lambda said: complain(said.text) if said.type == "error" else None)
        yield opened
    assert complaints == []


def test_somebody_signs_in_and_tries_an_operation(page: Page) -> None:
    page.goto("/docs")
    page.get_by_role("button", name="Authorize").click()
    dialog = page.locator(".modal-ux")
    dialog.locator("#oauth_username").fill(STAFF["BOOKSHOP_STAFF_EMAIL"])
    dialog.locator("#oauth_password").fill(STAFF["BOOKSHOP_STAFF_PASSWORD"])
    dialog.get_by_role("button", name="Apply given OAuth2 credentials").click()
    expect(dialog.get_by_text("Authorized")).to_be_visible()
    dialog.get_by_role("button", name="Close", exact=True).click()

    operation = page.locator("#operations-accounts-read_account")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table .response")
    expect(answer.locator(".response-col_status")).to_contain_text("200")
    expect(answer.locator(".response-col_description")).to_contain_text('"email": "staff@example.org"')
    if SCREENSHOT is not None:
        operation.locator(".live-responses-table").scroll_into_view_if_needed()
        operation.screenshot(path=SCREENSHOT)


def test_the_reference_is_readable(page: Page) -> None:
    page.goto("/redoc")
    expect(page.get_by_role("heading", name="Bookshop")).to_be_visible()
    expect(page.get_by_role("heading", name="Place an order")).to_be_visible()
