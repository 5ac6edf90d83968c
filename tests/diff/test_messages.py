"""What is said of a change names what changed as a client's author knows it, and once."""

import pytest

from tests.diff.corpus import SILENT, changes

CASES = {
    "an alternative by the list that it comes in": (
        "response_list_of_union_grown_in_place",
        ["an item of the body of 200 may be Bird"],
    ),
    "each member, not the model that both are": (
        "response_two_members_of_one_model_nullable",
        ["Match.home may be null", "Match.guest may be null"],
    ),
    "each member that became required": (
        "request_two_members_of_one_model_required",
        ["Match.home became required", "Match.guest became required"],
    ),
    "a member of a recursive model": ("response_member_of_linked_list_optional", ["Comment.reply became optional"]),
    "a body by its place where one side has no model": (
        "response_undescribed_became_model",
        ["the body of 200: any → object"],
    ),
    "the member that is marked": ("member_read_only_dropped_openapi_30", ["Team.id: sent readOnly → both ways"]),
    "a form's member without the name that FastAPI makes up, nor its default": (
        "form_member_required_with_default_gone",
        ["note became required"],
    ),
    "no default of what was required": ("parameter_optional_with_default", ["query parameter limit became optional"]),
    "an array by its size": ("request_tuple_of_another_length_too", ["at may be array (3 items)"]),
    "listed values against a type": (
        "parameter_list_of_int_enum_to_integers",
        ["an item of query parameter priority: 1, 2 → integer"],
    ),
    "bounds as people write them": ("request_multiple_of_hundredths", ["Book.price: any → a multiple of 0.01"]),
    "how a list is written": (
        "parameter_explode_changed",
        ["query parameter tag is written in one, joined by commas; it was written plainly, item by item"],
    ),
    "where tokens are got": (
        "security_token_address_moved",
        ["credentials: oauth2 (password: token) → oauth2 (password: auth/token)"],
    ),
    "another model at once, not member by member": (
        "response_replaced_by_another_model",
        ["the body of 200 may be Page", "the body of 200 is never Book any more"],
    ),
    "a parameter of which nothing was said": (
        "path_parameter_undescribed_to_integer",
        ["path parameter shelf_id: any → integer"],
    ),
    "an alternative without a name in a union that has one": (
        "response_union_with_name_grown",
        ['Rule may be object (type "name")'],
    ),
    "an alternative of the same name by its tag": (
        "request_alternative_tag_renamed",
        ['Payment.means is never Cash (kind "cash") any more', 'Payment.means may be Cash (kind "coins")'],
    ),
    "no default of what is answered": ("response_default_changed", []),
}


@pytest.mark.parametrize(("pair", "messages"), CASES.values(), ids=CASES)
def test_message(pair: str, messages: list[str]) -> None:
    assert messages == [change.message for change in changes(pair, "forward") if change.rule not in SILENT]


def test_smallest_witness() -> None:
    """The break is shown by the outermost object that can show it, not by the first that was met."""
    (change,) = changes("response_member_of_linked_list_optional", "forward")
    assert change.witness is not None
    assert {"text": ""} == change.witness.value
