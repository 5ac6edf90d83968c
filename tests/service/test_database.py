"""Moments come back from the database as they went in, in UTC."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import sqlite

from service.database import UtcDateTime

DIALECT = sqlite.dialect()


def test_a_moment_comes_back_in_utc() -> None:
    column = UtcDateTime()
    sent = datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    kept = column.process_bind_param(sent, DIALECT)
    assert kept == datetime(2026, 3, 1, 7, 30)  # noqa: DTZ001 - as it is stored
    assert column.process_result_value(kept, DIALECT) == datetime(2026, 3, 1, 7, 30, tzinfo=UTC)


def test_nothing_stays_nothing() -> None:
    column = UtcDateTime()
    assert (column.process_bind_param(None, DIALECT), column.process_result_value(None, DIALECT)) == (None, None)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        UtcDateTime().process_bind_param(datetime(2026, 3, 1), DIALECT)  # noqa: DTZ001 - what is refused
