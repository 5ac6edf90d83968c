"""The rules of a diff: a label for each kind of change, what it means, and its mirror image.

A rule says what happened and where; whether it breaks anybody is decided for each change anew. The mirror of a rule is
the one that the same change read backwards has: what is removed in one direction is added in the other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from upheld.model import Level, Side, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of change."""

    says: str
    """What happened, in one line."""
    why: str
    """Whom it hurts, or why nobody."""
    mirror: str
    """The rule that the same change has when it is read backwards; often the rule itself."""
    level: Level = Level.NOTE
    """How much it weighs where it breaks nobody; a break is an error, what is undecided a warning."""
    version: Version = Version.MINOR
    """What it asks to be raised where it breaks nobody."""


SCHEMA = (
    ("type-narrowed", "type-widened", "fewer types of JSON are accepted", "more types of JSON are accepted"),
    ("null-removed", "null-added", "null is no longer among the values", "null is now among the values"),
    ("enum-value-removed", "enum-value-added", "one of the values listed is gone", "a value is listed that was not"),
    ("range-narrowed", "range-widened", "fewer numbers keep the bounds", "more numbers keep the bounds"),
    ("length-narrowed", "length-widened", "fewer lengths of text are allowed", "more lengths of text are allowed"),
    ("pattern-narrowed", "pattern-widened", "fewer texts match", "more texts match"),
    ("format-narrowed", "format-widened", "texts have to keep a format", "texts need no longer keep a format"),
    ("size-narrowed", "size-widened", "fewer sizes of a list or an object are allowed", "more sizes are allowed"),
    ("required-member-added", "required-member-removed", "a required member is new", "a required member is gone"),
    ("member-added", "member-removed", "an optional member is new", "an optional member is gone"),
    ("member-required", "member-optional", "a member became required", "a member became optional"),
    ("extra-members-narrowed", "extra-members-widened", "fewer members without a name of their own are allowed",
     "more members without a name of their own are allowed"),
    ("alternative-removed", "alternative-added", "one of several shapes is gone", "a further shape is possible"),
    ("schema-narrowed", "schema-widened", "fewer values are valid", "more values are valid"),
)  # fmt: skip
"""What narrows a schema, what widens it, and what each says."""

WHY = {
    (Side.REQUEST, True): "A client that sends what was allowed so far is refused.",
    (Side.REQUEST, False): "Whatever clients send so far is still accepted.",
    (Side.RESPONSE, True): "Clients get nothing that they were not told of.",
    (Side.RESPONSE, False): "A client gets what it was never told of, and has no branch for it.",
}
"""By who sends it, and whether fewer values are valid than before."""


def _schema_kinds() -> Iterator[tuple[str, Kind]]:
    for side in Side:
        for narrower, wider, less, more in SCHEMA:
            first, second = f"{side}-{narrower}", f"{side}-{wider}"
            yield first, Kind(says=f"{PLACE[side]}, {less}.", why=WHY[side, True], mirror=second)
            yield second, Kind(says=f"{PLACE[side]}, {more}.", why=WHY[side, False], mirror=first)


PLACE = {Side.REQUEST: "In what is sent", Side.RESPONSE: "In what is answered"}


def _pair(
    first: str, second: str, says: tuple[str, str], why: tuple[str, str], *, levels: tuple[Level, Level] | None = None
) -> Iterator[tuple[str, Kind]]:
    one, two = levels or (Level.NOTE, Level.NOTE)
    yield first, Kind(says=says[0], why=why[0], mirror=second, level=one)
    yield second, Kind(says=says[1], why=why[1], mirror=first, level=two)


def _alone(
    rule: str, says: str, why: str, *, level: Level = Level.NOTE, version: Version = Version.MINOR
) -> Iterator[tuple[str, Kind]]:
    yield rule, Kind(says=says, why=why, mirror=rule, level=level, version=version)


def _kinds() -> Iterator[tuple[str, Kind]]:
    yield from _schema_kinds()
    yield from _alone(
        "schema-changed",
        "A schema changed in a way that cannot be decided.",
        "Neither a value that shows a difference nor a proof that there is none was found: read it yourself.",
        level=Level.WARNING,
    )
    yield from _alone(
        "default-changed",
        "What is taken where nothing is sent is another value.",
        "The same request now means something else, though it is valid as before.",
        level=Level.WARNING,
    )
    yield from _alone(
        "format-changed",
        "A format that no validator checks became another.",
        "Generated clients choose their types by it, int32 or int64, float or double.",
        level=Level.WARNING,
    )
    yield from _alone(
        "discriminator-changed",
        "The member that tells alternatives apart, or what it says, changed.",
        "A client that reads the member takes one alternative for another.",
        level=Level.WARNING,
    )
    yield from _alone(
        "visibility-changed",
        "A member became readOnly or writeOnly, or is no longer.",
        "What is sent in the wrong direction may be refused or ignored.",
        level=Level.WARNING,
    )
    yield from _around()
    yield from _names()


def _around() -> Iterator[tuple[str, Kind]]:
    gone = "Whoever calls it gets a 404 or a 405."
    free = "Nobody has to use it."
    ignored = "A client that sends it is not refused, but is not listened to either."
    unused = "Clients need not know of it."
    unknown = "A client gets what it was never told of, and has no branch for it."
    yield from _pair(
        "operation-removed", "operation-added", ("An operation is gone.", "An operation is new."), (gone, free)
    )
    yield from _pair(
        "parameter-removed",
        "parameter-added",
        ("An optional parameter is gone.", "An optional parameter is new."),
        (ignored, free),
        levels=(Level.WARNING, Level.NOTE),
    )
    yield from _pair(
        "required-parameter-removed",
        "required-parameter-added",
        ("A required parameter is gone.", "A required parameter is new."),
        (ignored, "A request without it is refused."),
        levels=(Level.WARNING, Level.NOTE),
    )
    yield from _pair(
        "parameter-optional",
        "parameter-required",
        ("A parameter became optional.", "A parameter became required."),
        ("Sending it is still right.", "A request without it is refused."),
    )
    yield from _alone(
        "parameter-moved", "A parameter is sent in another place.", "Where clients put it, nobody looks for it."
    )
    yield from _alone(
        "parameter-written-otherwise",
        "A parameter's `style`, `explode` or media type changed.",
        "The same value stands on the wire as another text.",
    )
    yield from _pair(
        "request-body-removed",
        "request-body-added",
        ("A request takes no body any more.", "A request takes an optional body."),
        (ignored, free),
        levels=(Level.WARNING, Level.NOTE),
    )
    yield from _pair(
        "required-request-body-removed",
        "required-request-body-added",
        ("A request takes no body any more, where one was required.", "A request has to have a body that took none."),
        (ignored, "A request without a body is refused."),
        levels=(Level.WARNING, Level.NOTE),
    )
    yield from _pair(
        "request-body-optional",
        "request-body-required",
        ("A request's body became optional.", "A request's body became required."),
        ("Sending one is still right.", "A request without a body is refused."),
    )
    yield from _pair(
        "request-media-type-removed",
        "request-media-type-added",
        ("A media type is no longer accepted.", "A further media type is accepted."),
        ("Whoever sends it is refused, by 415 or 422.", free),
    )
    yield from _pair(
        "response-media-type-removed",
        "response-media-type-added",
        ("An answer no longer comes as a media type.", "An answer can come as a further media type."),
        ("Whoever asks for it cannot read what comes instead.", "Those who ask for it get it; who asks for any may."),
        levels=(Level.NOTE, Level.WARNING),
    )
    yield from _pair(
        "success-status-removed",
        "success-status-added",
        ("A 2xx or 3xx is no longer answered.", "A 2xx or 3xx is answered that was not."),
        ("A client has a branch that is never taken; where it was the only one, it never gets its answer.", unknown),
    )
    yield from _pair(
        "error-status-removed",
        "error-status-added",
        ("A 4xx or 5xx is no longer documented.", "A 4xx or 5xx is documented that was not."),
        (
            "A client has a branch that is never taken.",
            "Clients must be ready for any error; now they know of this one.",
        ),
    )
    yield from _pair(
        "response-body-removed",
        "response-body-added",
        ("What is answered is no longer described.", "What is answered is described now."),
        ("A client that reads the body may find anything, or nothing.", unused),
    )
    yield from _pair(
        "response-header-removed",
        "response-header-added",
        ("An answer's header is gone.", "An answer has a further header."),
        ("A client that reads it finds nothing.", unused),
    )
    yield from _pair(
        "response-header-optional",
        "response-header-required",
        ("A header may be missing that never was.", "A header is always there."),
        ("A client that reads it may find nothing.", "Clients that cope without it still do."),
    )
    refused = "Who calls as before is answered 401 or 403."
    let_in = "Who signs in as before is still let in."
    yield from _pair(
        "security-added",
        "security-removed",
        ("An operation asks for credentials that it did not.", "An operation asks for fewer credentials."),
        (refused, let_in),
    )
    yield from _pair(
        "scope-added",
        "scope-removed",
        ("A token needs a further scope.", "A token needs fewer scopes."),
        (refused, let_in),
    )
    yield from _alone("security-changed", "Credentials of another kind are asked for.", refused)
    yield from _pair(
        "server-removed",
        "server-added",
        ("An address is no longer named.", "A further address is named."),
        ("Whoever calls it may find nobody.", free),
        levels=(Level.WARNING, Level.NOTE),
    )
    yield from _pair(
        "callback-removed",
        "callback-added",
        ("A call that the service makes is gone.", "The service makes a further call."),
        ("Who waits for it waits in vain.", "Only who asks for it is called."),
    )


def _names() -> Iterator[tuple[str, Kind]]:
    named = "Generated clients name their functions and classes by it; what is on the wire is the same."
    yield from _alone("operation-id-changed", "An operation has another id.", named, level=Level.WARNING)
    yield from _alone("schema-renamed", "A schema has another name.", named, level=Level.WARNING)
    yield from _pair(
        "deprecated",
        "undeprecated",
        ("It is said to go away.", "It is no longer said to go away."),
        ("Clients should stop using it.", "Clients can go on using it."),
    )
    yield from _alone(
        "sunset-changed",
        "The day on which it goes away is another.",
        "Clients plan by it.",
        level=Level.WARNING,
    )
    yield from _alone(
        "tags-changed", "An operation has other tags.", "Generated clients may group by them.", version=Version.PATCH
    )
    yield from _alone(
        "text-changed", "A title, a summary or a description changed.", "Only people read it.", version=Version.PATCH
    )


RULES: Mapping[str, Kind] = MappingProxyType(dict(sorted(_kinds())))
"""Every rule by id, in alphabetical order."""
