"""What does each kind of job."""

from typing import Final

from service.events.service import count_visits
from service.jobs.service import Handler
from service.jobs.store import Kind
from service.orders.service import confirm, expire
from service.recommendations.service import train
from service.reports.service import build

HANDLERS: Final[dict[Kind, Handler]] = {
    Kind.CONFIRM_ORDER: confirm,
    Kind.EXPIRE_ORDER: expire,
    Kind.COUNT_VISITS: count_visits,
    Kind.TRAIN_RECOMMENDER: train,
    Kind.BUILD_REPORT: build,
}
