"""What other apps may ask of orders."""

from alicerce.apps.orders.models import Line, Order, OrderAnswer
from alicerce.apps.orders.queries import (
    find_orders,
    line,
    lines_to_deliver,
    order,
    order_detail,
    order_of_token,
    orders_owed_to,
    sold_lines,
)
from alicerce.apps.orders.queries.answers import answers_in_words
from alicerce.apps.orders.queries.records import order_record, orders_by_id, orders_of_lines
from alicerce.apps.orders.services.accept_terms import accept_terms
from alicerce.apps.orders.services.cancel_link import (
    cancel_by_link,
    check_proof,
    send_cancel_link,
)
from alicerce.apps.orders.services.cancel_order import cancel_order
from alicerce.apps.orders.services.deliver_line import fail_line, fulfil_line, retry_line
from alicerce.apps.orders.services.keep_answers import keep_answers
from alicerce.apps.orders.services.order_for_customer import order_for_customer
from alicerce.apps.orders.services.order_product import ProductOrder, order_product
from alicerce.apps.orders.services.place_order import place_order
from alicerce.apps.orders.services.release_order import (
    agree_to_trial,
    begin_trial,
    begin_waiting_trials,
)
from alicerce.apps.orders.services.take_over import (
    OldLine,
    OldSale,
    give_back_lines,
    take_over,
)
from alicerce.apps.orders.services.trial_link import (
    begin_by_link,
    check_trial_proof,
    send_trial_link,
)
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "OldLine",
    "OldSale",
    "ProductOrder",
    "accept_terms",
    "agree_to_trial",
    "answers_in_words",
    "begin_by_link",
    "begin_trial",
    "begin_waiting_trials",
    "cancel_by_link",
    "cancel_order",
    "check_proof",
    "check_trial_proof",
    "fail_line",
    "find_orders",
    "fulfil_line",
    "give_back_lines",
    "keep_answers",
    "line",
    "lines_to_deliver",
    "order",
    "order_detail",
    "order_for_customer",
    "order_of_token",
    "order_product",
    "order_record",
    "orders_by_id",
    "orders_of_lines",
    "orders_owed_to",
    "personal",
    "place_order",
    "retry_line",
    "send_cancel_link",
    "send_trial_link",
    "sold_lines",
    "take_over",
]

personal = PersonalRecords(Order, Line, OrderAnswer)
